"""The words that aliases are made of: pronounceable, kind, and of no gender.

Only nouns that take «de», so that every adjective fits every animal.
"""

_ADJECTIVES = """
Aardige Blije Bonte Brave Dappere Dromerige Eerlijke Eigenwijze Fijne Fitte Fladderende Flinke
Fluitende Frisse Gestage Gevlekte Gouden Grijze Groene Grote Gulle Handige Heldere Hoge IJverige
Jolige Kalme Kleine Kleurige Knappe Koperen Kordate Krullende Kwieke Lachende Lange Lenige Lichte
Lieve Luchtige Milde Montere Nieuwe Nuchtere Olijke Oranje Paarse Pientere Pluizige Prachtige
Pure Rappe Rode Ronde Rustige Schrandere Sierlijke Slimme Snelle Sobere Speelse Sportieve Sterke
Stille Stoere Tamme Tedere Trouwe Vaste Verre Vieve Vlotte Vrije Vrolijke Wakkere Warme Wilde
Wijze Zachte Zilveren Zingende Zonnige Zuivere Zwierige
"""
_ANIMALS = """
Aalscholver Adelaar Arend Baars Beer Bever Bij Bizon Boomvalk Bosuil Buizerd Dolfijn Das Eekhoorn
Eend Egel Eland Ekster Fazant Forel Fuut Gaai Gems Giraf Goudvink Grutto Haas Hagedis Havik
Hamster Hommel Hop Ibis IJsvogel Jaguar Kat Kauw Kerkuil Kievit Kikker Koekoek Kolibrie Koolmees
Kraai Kraanvogel Krab Krekel Kwartel Kwikstaart Lama Leeuwerik Lepelaar Libel Lijster Lynx Marmot
Marter Meerkoet Meeuw Merel Mees Mier Mol Mus Muis Neushoorn Nachtegaal Ooievaar Oehoe Otter
Papegaai Parkiet Pauw Pelikaan Pimpelmees Pinguïn Poema Raaf Ree Reiger Rietgors Roerdomp
Salamander Scholekster Schildpad Sijs Slechtvalk Snoek Specht Spreeuw Steur Stern Tapuit
Tortelduif Tureluur Uil Valk Vink Vlinder Vos Wezel Wielewaal Winterkoning Wolf Wulp Zalm Zebra
Zeehond Zwaan Zwaluw
"""
_PLACES = """
aan de Amstel | aan de IJssel | aan de Maas | aan de Waal | aan zee | bij de brug | bij de dijk |
bij de haven | bij de molen | bij de sluis | bij de vijver | in de boomgaard | in de duinen | in
de mist | in de morgen | in de polder | in de regen | in de tuin | in de wei | in de zon | in het
bos | in het gras | in het riet | in het veen | langs de beek | langs de laan | langs de plas |
onder de eik | onder de linde | op de heide | op het dak | op het ijs | op het strand | op het
wad | tussen de bloemen | tussen de rozen | uit de verte | van de Veluwe | van het eiland | van
het meer
"""

ADJECTIVES = _ADJECTIVES.split()
ANIMALS = _ANIMALS.split()
PLACES = [" ".join(place.split()) for place in _PLACES.split("|")]
