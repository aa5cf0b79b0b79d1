"""What can be asked and how an answer is checked: pure and typed, without the database.

``schema`` says what a questionnaire is, ``conditions`` when something is shown, ``path`` what one
person gets to see, ``checks`` what is wrong with a questionnaire, ``validation`` what is wrong with
an answer, ``posting`` how answers travel in a form, ``wording`` what could be asked more neutrally.
``loading.schema_of`` alone reads the database.
"""
