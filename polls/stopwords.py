"""Words that say nothing about what a text is about, in Dutch and English, three letters and up."""

DUTCH = """
aan aangaande aangezien achter achterna afgelopen aldaar aldus alhoewel alias alle allebei alleen
alles als alsnog altijd ander andere anderen anders anderszins beetje behalve beide beiden ben
beneden bent bepaald beter betreffende bij bijna bijv binnen binnenin boven bovenal bovendien
bovengenoemd bovenstaand bovenvermeld buiten collega collegas daar daarheen daarin daarna daarnet
daarom daarop daarvan dan dat deden deed den der des deze dezelfde dezen die dien dikwijls dit
doch doe doen doet door doordat dus echt echter een eens eer eerdat eerder eerlang eerst eerste
eigen eigenlijk elk elkaar elke enig enige enkel enkele enz erdoor erg ergens etc even eveneens
evenwel gaan gaat gauw gedurende geen gehad gekund geleden gelijk gemoeten gemogen genoeg geven
geweest gewoon gewoonweg goed graag haar had hadden hare heb hebben hebt heeft heel hem hen het
hetzelfde hier hierbeneden hierboven hij hoe hoewel hun hunne ieder iedere iedereen iemand iets
ikzelf inderdaad indien inmiddels inzake jaar jezelf jij jijzelf jou jouw jouwe juist jullie kan
klaar kom komen komt kon konden krachtens krijgen krijgt kun kunnen kunt laat laatst laten later
liever maak maakt maar mag maken mede mee meer meestal men menig mensen met mezelf mij mijn
mijnent mijner mijzelf minder misschien mocht mochten moest moesten moet moeten mogelijk mogen
naar naast nadat net niemand niet niets nodig nog nogal nooit nou ofschoon omdat omhoog omlaag
omstreeks omtrent omver onder ondertussen ongeveer ons onszelf onze ook opnieuw opzij over
overeind overigens pas per precies publiek reeds rond rondom samen sedert sinds sindsdien slechts
sommige soms spoedig steeds straks tamelijk tegen tegenover tenzij terwijl tevens thans tijdens
toch toe toen toenmaals toenmalig tot totdat tussen uit uitgezonderd vaak van vanaf vandaan vanuit
vanwege veel veeleer vele verder verre vervolgens vind vinden vindt vol volgens volop voor vooraf
vooral voorbij voordat voordien voorheen voorop vooruit vrij vroeg waar waarin waarom wanneer want
waren was wat wederom weer weg wegens weinig wel weldra welk welke wellicht wie wiens wij wijze
wil willen wilt word worden wordt zal zeer zei zeker zelf zelfde zelfs zich zichzelf zien ziet
zijn zijne zodat zodra zonder zou zouden zowat zulke zullen zult één
"""
ENGLISH = """
about above after again all also always and any are because been before being below between both
but can could did does doing don down during each even every few for from further get gets had has
have having her here hers herself him himself his how into its itself just like lot make more most
much must myself need never nor not now off once only other our ours ourselves out over own really
same she should some such than that the their theirs them themselves then there these they thing
things this those through too under until very want was were what when where which while who whom
why will with would you your yours yourself yourselves
"""
STOPWORDS = frozenset(f"{DUTCH} {ENGLISH}".split())
