text-empty = écrivez au moins un caractère

# Ligne de commande : le registre

ledger-read-only-place = impossible d'écrire dans { $path } : choisissez un autre répertoire avec --data, ou corrigez ses droits
ledger-unopened = impossible d'ouvrir { $path } : { $reason }
ledger-disk-full = le disque du registre est plein : rien n'a été inscrit ; libérez de la place et renvoyez la commande
ledger-database-away = la base de données du registre ne répond pas
ledger-bad-address = l'adresse de la base n'a pas la forme postgres://utilisateur@hôte/nom
ledger-damaged = le registre est endommagé : { $what } ; lancez « tiwizi audit verify » et reprenez une bonne copie
ledger-newer-schema = les tables du registre ont la version { $found }, plus récente que la version { $known } que ce programme connaît : utilisez un tiwizi plus récent
ledger-older-schema = les tables du registre ont la version { $found } et il faut la version { $known } : ouvrez-le une fois avec « tiwizi serve »
ledger-not-a-ledger = { $place } ne contient pas de registre
ledger-in-use = un autre processus écrit déjà dans { $path }
ledger-event-too-large = un événement de { $bytes } octets dépasse la taille permise (65 535 octets)
ledger-inexact = une valeur n'a pas de forme JSON exacte
ledger-unreadable = un événement inscrit ne peut pas être lu : { $why }
ledger-nothing-to-record = la commande ne cause aucun événement
ledger-contended = d'autres modifient sans cesse les mêmes éléments : réessayez
ledger-outcome-unknown = la connexion a été perdue pendant l'inscription : renvoyez la même commande avec le même identifiant pour savoir ce qu'il en est
ledger-not-writable = le registre n'est pas ouvert en écriture
ledger-sqlite = SQLite a échoué : { $why }
ledger-postgres = PostgreSQL a échoué : { $why }

# Ligne de commande : audit, export, import

audit-sound = Registre intact : { $events } événements, racine { $root }
audit-event-damaged = L'événement à la position { $position } est endommagé : { $why }
audit-ledger-damaged = Le registre est endommagé : { $why }
audit-same-state = Rejeu identique à la position { $position } : état { $digest }
audit-other-state = Le rejeu à la position { $position } donne un autre état : { $digest }
difference-missing = l'événement manque
difference-leaf-hash = ses octets n'ont pas l'empreinte inscrite à côté d'eux
difference-not-canonical = ce n'est pas du JSON canonique à l'octet { $byte }
difference-malformed = il n'a pas la forme d'un événement inscrit : { $why }
difference-column = la colonne { $column } diffère des octets inscrits
difference-sequence = il porte le numéro { $found } de son flux, où { $expected } était attendu
difference-prev = son lien vers l'événement précédent de son flux est faux
difference-time-goes-back = il est inscrit à une date antérieure à celle de l'événement précédent
difference-command-twice = sa commande avait déjà été exécutée
difference-node = le nœud { $index } du niveau { $level } de l'arbre est faux ou manque
difference-head = la valeur « { $value } » de la tête du registre n'est pas celle des événements
exchange-file = le fichier ne peut pas être lu ou écrit : { $why }
exchange-line = ligne { $line } : { $why } ; ce qui précède est importé
exchange-other-ledger = le registre n'est pas vide, et son contenu n'est pas le début du fichier
simulated-past = ce registre a un passé simulé (démonstration) et ne peut pas être servi comme un vrai : utilisez « tiwizi demo »
real-ledger = { $place } contient un vrai registre : la démonstration n'y touche pas
cannot-listen = impossible d'écouter sur { $address } : { $why }
founded = Nouveau registre « { $name } ». Pour agir au nom de sa coordination, chaque requête porte l'en-tête :
demo-ready = Démonstration : { $events } événements, racine { $root }
