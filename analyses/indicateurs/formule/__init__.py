"""A small written form for counts: an evaluator adds an indicator without code.

    nombre(acteurs avec rencontre) / nombre(acteurs)
    somme(effectifs.engagees avec dernier) / somme(effectifs.accompagnees avec dernier)
    nombre(territoires avec au_moins(1, jalons avec type = probleme et atteint)) / nombre(territoires)

    formule    measure, or measure « / » measure
    measure    nombre(TABLE avec CONDITION)
               somme | moyenne | mediane | distincts (TABLE.COLONNE avec CONDITION)
    condition  « et », « ou », « non », parentheses; au_moins(N, TABLE avec CONDITION);
               COLONNE (yes or no) · COLONNE renseigné · COLONNE = VALEUR (≠ < <= > >=) ·
               COLONNE dans (VALEUR, VALEUR)
    value      a number, a code of the closed list, a date 2024-01-31, or a text between « " »

``distincts`` counts different values within each territoire, then adds territoires up.
``analyse.lire`` reads and checks; ``calcul.calculer`` counts. Both are pure.
"""
