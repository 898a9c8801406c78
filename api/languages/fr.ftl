# Messages en français. La clé est le code, en minuscules, avec des tirets.

# Étapes et pouvoirs, tels que les messages les nomment.
stage-unregistered = pas encore enregistré
stage-registered = enregistré
stage-suspended = suspendu
stage-merged = fusionné avec un autre
stage-dissolved = dissous
stage-unrecorded = pas encore inscrit
stage-offered = proposé
stage-declined = décliné
stage-accepted = accepté
stage-active = en cours
stage-part-fulfilled = tenu en partie
stage-fulfilled = tenu
stage-withdrawn = retiré
stage-lapsed = caduc
stage-disputed = contesté
stage-undrafted = pas encore rédigé
stage-drafted = à l'état de projet
stage-open = ouvert
stage-closed = clos
stage-decided = décidé
stage-submitted = déposé
stage-eligible = recevable
stage-ineligible = non recevable
stage-opined = pourvu d'un avis
stage-deferred = ajourné
stage-refused = refusé
stage-granted = accordé
stage-contracted = conventionné
stage-completed = achevé
stage-revoked = révoqué
stage-returned = renvoyé à son auteur
stage-locked = verrouillé
stage-idea = à l'état d'idée
stage-adopted = adopté
stage-started = en travaux
stage-in-service = en service
stage-abandoned = abandonné
stage-agreed = convenu
stage-running = en cours
stage-closing = en clôture
stage-cancelled = annulé
stage-annulled = annulé
needed-coordinate = de coordonner
needed-sign = d'engager l'acteur
needed-report = de rendre compte
needed-verify = de vérifier
needed-fund = de financer
needed-audit = d'auditer
needed-administer = d'administrer les mandats

# Le registre.
ledger-already-open = ce registre est déjà ouvert
ledger-not-open = ce registre n'est pas encore ouvert : il commence au premier « tiwizi serve »
ledger-key-of-another-origin = la clé porte le nom { $key }, et le journal est publié sous { $origin }
ledger-key-already-trusted = cette clé signe déjà
ledger-key-already-retired = cette clé a été retirée : aucune clé ne revient
ledger-key-not-trusted = cette clé ne signe pas le journal
ledger-last-key = la dernière clé ne se retire pas : faites-en d'abord une autre avec « tiwizi log key rotate »
ledger-too-many-keys = { $max } clés au plus signent en même temps : retirez-en une d'abord
ledger-origin-used = le journal est, ou a été, publié sous { $origin } : choisissez un autre nom
ledger-checkpoint-of-another-origin = le dernier point de contrôle est celui du journal { $found }, et ce journal est publié sous { $origin }

# Qui agit.
no-mandate = nommez l'acteur et le mandat au titre desquels vous agissez
actor-not-active = l'acteur pour lequel vous agissez n'est pas enregistré, ou il est suspendu, fusionné ou dissous
mandate-not-in-force = le mandat au titre duquel vous agissez n'est pas en vigueur
power-missing = le mandat au titre duquel vous agissez ne donne pas le pouvoir { $needed }
acting-unreadable = écrivez l'en-tête ainsi : Tiwizi-Acting: actor=<uuid>; mandate=<uuid>
acting-not-local = l'en-tête Tiwizi-Acting n'est accepté que depuis cette machine, d'un serveur qui n'écoute que sur elle

# Ce qu'une requête contient.
unknown-reference = { $id } ne désigne rien ici
text-empty = écrivez au moins un caractère
text-too-long = { $chars } caractères, c'est trop : { $max } au plus
text-unprintable = retirez le caractère de contrôle U+{ $hex }
personal-data-email = ce texte contient une adresse électronique : nommez plutôt une fonction, un service public ou une organisation ; les coordonnées d'une personne vont dans son compte, jamais dans le registre
personal-data-phone = ce texte contient un numéro de téléphone : nommez plutôt une fonction, un service public ou une organisation ; les coordonnées d'une personne vont dans son compte, jamais dans le registre
personal-data-identity = ce texte contient ce qui ressemble au numéro d'une pièce d'identité, d'un passeport ou d'une carte de séjour : écrivez plutôt un nombre de personnes, une fonction ou une organisation
personal-data-birth = ce texte contient une date de naissance : écrivez plutôt un nombre de personnes ou une tranche d'âge
text-language-twice = un texte a au plus une rédaction par langue
date-invalid = « { $written } » n'est pas un jour : écrivez 2020-05-01
date-time-invalid = « { $written } » n'est pas un instant : écrivez 2020-05-01T09:00:00Z
effective-invalid = « { $written } » n'est pas une date : écrivez 2018, 2020-01, 2020-05-01, 2024-02-05/2024-03-20 ou unknown
uuid-invalid = « { $written } » n'est pas un identifiant (UUID)
territory-unknown = « { $written } » n'est pas un territoire : les identifiants s'écrivent region-souss-massa ou commune-belfaa
sector-unknown = « { $written } » n'est pas un secteur : écrivez un code du CAD en cinq chiffres, comme 15190
goal-unknown = « { $written } » n'est pas un objectif de développement durable connu ici : écrivez 10, 10.7 ou 10.c
period-reversed = la période finit avant de commencer
country-invalid = « { $written } » n'est pas un pays : écrivez les deux lettres majuscules de l'ISO 3166-1, comme MA ou FR
hash-invalid = « { $written } » n'est pas une empreinte SHA-256 : écrivez 64 chiffres hexadécimaux minuscules
number-out-of-range = { $written } dépasse ±9 007 199 254 740 991
quantity-out-of-range = { $written } n'est pas compris entre 0 et 9 007 199 254 740 991
page-size-invalid = demandez de 1 à { $max } éléments
cursor-invalid = ce curseur n'en est pas un de cette liste
position-beyond-head = le registre s'arrête à la position { $head }
not-found = ce que la requête désigne n'existe pas
conflict = d'autres modifient sans cesse les mêmes données : réessayez
idempotency-mismatch = l'identifiant de commande { $command } a déjà servi à une autre commande
rate-limited = trop de questions sur le passé à la fois : réessayez dans un instant
internal = quelque chose a échoué ici ; donnez le numéro de trace à qui administre ce serveur

# Ce que HTTP porte.
media-not-acceptable = ce serveur répond en application/graphql-response+json ou en application/json
media-not-supported = envoyez le corps en application/json
method-not-allowed = utilisez GET ou POST
mutation-by-get = une mutation s'envoie par POST
json-invalid = ce n'est pas du JSON valide
body-too-large = le corps de la requête dépasse { $max } octets
batch-not-supported = envoyez une seule opération, dans un objet JSON
query-missing = il manque « query », un texte
query-unreadable = la requête GraphQL ne peut pas être lue : { $reason }
parameter-invalid = « operationName » est un texte, « variables » et « extensions » sont des objets
timed-out = l'opération a duré plus de 5 secondes ; une commande se renvoie avec le même identifiant

# Acteur.
actor-not-registered = l'acteur n'est pas encore enregistré
actor-already-registered = l'acteur est déjà enregistré
actor-out-of-turn = l'acteur est { $stage } : cette étape n'est plus possible, ou pas encore
actor-name-taken = l'acteur { $by } porte déjà ce nom, peut-être autrement écrit : ajoutez-lui un alias, ou déclarez un homonyme si ce sont deux acteurs
actor-duplicate-alias = l'acteur porte déjà exactement ce nom
actor-duplicate-identifier = le même identifiant est donné deux fois
actor-merged-into-itself = un acteur ne peut pas être fusionné avec lui-même
actor-duplicate-mandate = ce mandat existe déjà
actor-no-power = un mandat donne au moins un pouvoir
actor-mandate-ends-before-it-begins = un mandat ne finit pas avant de commencer
actor-unknown-mandate = l'acteur n'a pas donné ce mandat
actor-mandate-revoked-already = ce mandat est déjà révoqué
actor-duplicate-key = cette clé existe déjà
actor-not-a-public-key = écrivez la clé publique de 32 octets en Base64, soit 44 caractères avec le remplissage
actor-unknown-key = l'acteur n'a pas inscrit cette clé
actor-key-revoked-already = cette clé est déjà révoquée
actor-too-many = { $max } au plus
actor-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
actor-unknown-alias = l'acteur n'a pas cet autre nom
actor-registered-name = l'acteur est inscrit sous ce nom : corrigez-le plutôt que de le retirer
actor-mandate-stands = quelqu'un peut agir pour l'acteur : révoquez d'abord ses habilitations, ou fusionnez ou dissolvez-le s'il a pris part à quelque chose

# Cadre stratégique.
policy-framework-not-adopted = le cadre stratégique n'est pas encore adopté
policy-framework-already-adopted = le cadre stratégique est déjà adopté
policy-framework-superseded = le cadre stratégique a été remplacé : il ne reçoit plus rien
policy-framework-succeeds-itself = un cadre stratégique ne peut pas se succéder à lui-même
policy-framework-duplicate-axis = cet axe existe déjà
policy-framework-too-many = { $max } axes au plus
policy-framework-unknown-axis = le cadre stratégique n'a pas cet axe
policy-framework-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
policy-framework-still-named = des programmes s'y alignent ({ $named_by }) : annulez-les ou corrigez-les d'abord
policy-framework-annulled = le cadre stratégique a été enregistré par erreur : il ne reçoit plus rien

# Programme.
programme-not-created = le programme n'est pas encore créé
programme-already-created = le programme est déjà créé
programme-out-of-turn = le programme est { $stage } : cette étape n'est plus possible, ou pas encore
programme-period-reversed = la période finit ({ $to }) avant de commencer ({ $from })
programme-nothing-budgeted = un montant est supérieur à zéro ; laissez de côté ce qui n'est pas déclaré
programme-cycle-of-parents = un programme ne peut pas faire partie de lui-même, même à travers d'autres
programme-already-attached = il fait déjà partie de ce programme
programme-already-aligned = il est déjà aligné sur ce cadre et cet axe
programme-duplicate-result = le programme a déjà ce résultat
programme-unknown-result = le programme n'a pas ce résultat
programme-duplicate-indicator = le programme a déjà cet indicateur
programme-unknown-indicator = le programme n'a pas cet indicateur
programme-target-already-set = l'indicateur a déjà une cible : révisez-la en disant pourquoi
programme-no-target = l'indicateur n'a pas encore de cible à réviser
programme-duplicate-envelope = le programme a déjà cette enveloppe
programme-unknown-envelope = le programme n'a pas cette enveloppe
programme-other-currency = l'enveloppe est tenue en { $envelope }, pas en { $given }
programme-already-reserved = la demande a déjà pris sa part d'une enveloppe
programme-envelope-exhausted = { $asked }, c'est plus que ce qui reste dans l'enveloppe : { $left }
programme-not-reserved = la demande n'a rien pris de cette enveloppe
programme-releases-too-much = { $asked }, c'est plus que ce que la demande détient encore : { $reserved }
programme-extended-backwards = une prolongation jusqu'à { $to } finirait avant la fin actuelle, { $end }
programme-nothing-to-settle = aucune source n'en a encore rien dit : rapportez-le avant de trancher
programme-no-sector = nommez au moins un secteur : des objectifs seuls ne disent pas de quoi il s'agit
programme-classified-twice = un secteur ou un objectif est nommé deux fois
programme-too-many = { $max } au plus
programme-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
programme-envelope-below-reserved = { $asked }, c'est moins que ce qui est réservé de l'enveloppe : { $reserved }
programme-money-reserved = des demandes retiennent des parts de ses enveloppes : révoquez d'abord ces financements
programme-still-named = des projets, interventions, appels, demandes ou engagements en font partie ({ $named_by }) : corrigez-les ou annulez-les d'abord

# Indicateur.
indicator-out-of-turn = le relevé de { $period } est { $stage } : cette étape n'est plus possible, ou pas encore
indicator-accepted-by-submitter = qui accepte un relevé n'est pas qui l'a déposé
indicator-does-not-add-up = { $cells } comptés et { $unknown } inconnus ne font pas la valeur, { $value }
indicator-small-cell = un effectif de { $count } en dessous de la province pourrait désigner des personnes : donnez-le pour la province, ou comptez-le comme inconnu
indicator-duplicate-cell = deux effectifs parlent des mêmes personnes : additionnez-les
indicator-shared-with-itself = un résultat ne se partage pas avec l'indicateur lui-même
indicator-already-shared = le résultat de { $period } est déjà déclaré partagé
indicator-too-many = { $max } au plus
indicator-corrected-by-submitter = qui corrige ou annule une mesure ne doit pas être qui l'a transmise

# Intervention.
intervention-not-proposed = l'intervention n'est pas encore proposée
intervention-already-proposed = l'intervention est déjà proposée
intervention-out-of-turn = l'intervention est { $stage } : cette étape n'est plus possible, ou pas encore
intervention-nothing-budgeted = un budget est supérieur à zéro ; laissez-le de côté s'il n'est pas déclaré
intervention-second-lead = l'intervention est alors pilotée par { $lead } : cette participation doit d'abord finir
intervention-already-takes-part = l'acteur tient déjà ce rôle
intervention-duplicate-participation = l'intervention a déjà cette participation
intervention-unknown-participation = l'intervention n'a pas cette participation
intervention-participation-over = la participation a déjà pris fin : { $to }
intervention-ends-before-start = la fin ({ $to }) précéderait le début ({ $from })
intervention-phase-number = les phases se numérotent de 1 à { $max }
intervention-duplicate-phase = la phase { $phase } a déjà commencé
intervention-unknown-phase = la phase { $phase } n'a pas commencé
intervention-phase-over = la phase { $phase } est déjà achevée
intervention-phase-open = la phase { $phase } est encore en cours : achevez-la d'abord
intervention-commissioned-before-completion = la mise en service ({ $on }) ne peut pas précéder l'achèvement ({ $completed })
intervention-no-sector = nommez au moins un secteur : des objectifs seuls ne disent pas de quoi il s'agit
intervention-classified-twice = un secteur ou un objectif est nommé deux fois
intervention-too-many = { $max } au plus
intervention-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
intervention-participation-lasts = la participation dure encore : mettez-y fin plutôt que d'en corriger la fin
intervention-no-such-step = cette étape n'est pas enregistrée : il n'y a pas de date à corriger
intervention-unknown-part = cet élément n'existe pas, ou il est déjà annulé
intervention-still-named = des engagements et des demandes de financement la concernent ({ $named_by }) : corrigez-les ou annulez-les d'abord

# Appel à projets.
funding-call-not-drafted = l'appel n'est pas encore rédigé
funding-call-already-drafted = l'appel est déjà rédigé
funding-call-out-of-turn = l'appel est { $stage } : cette étape n'est plus possible, ou pas encore
funding-call-duplicate-territory = le même territoire est donné deux fois
funding-call-nothing-offered = ce qu'une demande peut obtenir au plus est supérieur à zéro
funding-call-closes-before-it-opens = un appel ne ferme pas avant d'ouvrir
funding-call-closed-before-it-opened = un appel ne peut pas avoir fermé avant d'avoir ouvert
funding-call-waiver-ends-before-closing = une dérogation ne finit pas avant la clôture de l'appel
funding-call-decided-before-closing = on ne décide pas des demandes avant la clôture de l'appel
funding-call-too-many = { $max } au plus
funding-call-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
funding-call-no-such-step = cette étape n'est pas enregistrée : il n'y a pas de date à corriger
funding-call-still-named = des demandes y répondent ({ $named_by }) : corrigez-les ou annulez-les d'abord

# Demande de financement.
funding-request-not-submitted = la demande n'est pas encore déposée
funding-request-already-submitted = la demande est déjà déposée
funding-request-out-of-turn = la demande est { $stage } : cette étape n'est plus possible, ou pas encore
funding-request-unknown-call = cet appel n'existe pas
funding-request-not-yet-open = l'appel n'est pas encore ouvert
funding-request-closed = l'appel est clos, sans dérogation pour ce demandeur
funding-request-nothing-asked = un montant est supérieur à zéro ; laissez de côté ce qui n'est pas déclaré
funding-request-negative-contribution = un apport propre n'est pas négatif
funding-request-mixed-currencies = les montants d'une demande sont dans une seule monnaie : { $one } et { $other }
funding-request-opinion-by-applicant = l'avis doit venir d'un autre que le demandeur
funding-request-not-the-applicant = seul le demandeur peut reformuler sa demande ou déclarer ses dépenses
funding-request-validated-by-applicant = qui valide une dépense n'est pas le demandeur
funding-request-no-outside-opinion = une décision demande d'abord un avis d'un autre que le demandeur
funding-request-exceeds-grant = { $asked }, c'est plus que ce qui est accordé : { $granted }
funding-request-below-disbursed = { $asked }, c'est moins que ce qui est décaissé et non remboursé : { $disbursed }
funding-request-duplicate-amendment = la convention a déjà cet avenant
funding-request-duplicate-disbursement = ce décaissement est déjà prévu ou inscrit
funding-request-duplicate-expenditure = cette dépense est déjà déclarée
funding-request-unknown-expenditure = cette dépense n'existe pas
funding-request-already-validated = cette dépense est déjà validée
funding-request-duplicate-refund = ce remboursement est déjà inscrit
funding-request-other-currency = la convention est en { $agreement } : donnez le montant dans cette monnaie, et en { $given } avec le taux, son jour et sa source
funding-request-needless-exchange = un montant payé dans la monnaie de la convention, { $currency }, n'a pas de taux
funding-request-wrong-exchange = à ce taux, { $original } ne font pas { $amount }
funding-request-in-the-future = { $on } est à venir : inscrivez ce qui a eu lieu, prévoyez ce qui est attendu
funding-request-exceeds-agreement = { $asked }, c'est plus que ce qui reste à décaisser de la convention : { $left }
funding-request-exceeds-disbursed = { $asked }, c'est plus que ce qui est décaissé et non remboursé : { $disbursed }
funding-request-refund-of-spent = { $asked }, c'est plus que ce qui n'est pas dépensé : { $unspent }
funding-request-exceeds-means = { $asked }, c'est plus que l'argent décaissé et propre qui reste à dépenser : { $left }
funding-request-expenditure-waiting = des dépenses déclarées attendent leur validation : { $waiting }
funding-request-amount-out-of-range = un montant reste dans ±9 007 199 254 740 991 unités mineures
funding-request-too-many = { $max } au plus
funding-request-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
funding-request-unknown-figure = ce flux n'est pas enregistré, ou il a été annulé
funding-request-answered-by-applicant = qui confirme ou rejette une correction ne doit pas être le demandeur
funding-request-below-refunded = { $disbursed } seraient décaissés, dont { $refunded } remboursés : corrigez d'abord les remboursements
funding-request-beyond-agreement = { $held } seraient décaissés et non remboursés, plus que la convention : { $agreed }
funding-request-beyond-revocation = { $held } seraient décaissés et non remboursés, mais tout ce qui dépasse { $kept } a été rendu à la révocation
funding-request-below-spent = { $validated } seraient validés, plus que l'argent décaissé et propre : { $means } ; corrigez d'abord les dépenses
funding-request-grant-in-force = le financement est en vigueur : révoquez-le d'abord
funding-request-money-flowed = de l'argent a circulé : corrigez d'abord chaque flux à néant, avec une seconde personne

# Engagement.
commitment-nothing-pledged = un engagement promet plus que rien
commitment-nothing-estimated = une estimation est supérieure à zéro ; laissez-la de côté s'il n'y en a pas
commitment-offered-to-itself = un partenaire ne s'engage pas envers lui-même
commitment-not-offered = l'engagement n'est pas encore proposé
commitment-already-offered = l'engagement est déjà proposé
commitment-out-of-turn = l'engagement est { $stage } : cette étape n'est plus possible, ou pas encore
commitment-not-the-offerer = seul l'acteur qui a proposé un engagement peut le retirer, en apporter la preuve ou en proposer une autre taille
commitment-not-the-beneficiary = seul l'acteur à qui l'engagement est proposé peut l'accepter ou le décliner
commitment-not-a-party = seul l'acteur qui a proposé un engagement ou celui à qui il est proposé peut en fixer les jalons, le corriger ou le contester
commitment-confirmed-by-offerer = qui confirme l'exécution n'est pas qui a proposé l'engagement
commitment-unknown-milestone = l'engagement n'a pas ce jalon
commitment-duplicate-milestone = ce jalon existe déjà
commitment-unknown-evidence = l'engagement n'a pas cette preuve, ou elle est déjà confirmée ou rejetée
commitment-duplicate-evidence = cette preuve existe déjà
commitment-nothing-claimed = une preuve prouve plus que rien
commitment-exceeds-pledge = { $fulfilled } seraient tenus pour { $pledged } promis : déclarez que cela dépasse la promesse
commitment-too-many = { $max } jalons, preuves ou documents au plus
commitment-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
commitment-due-corrected-by-offerer = une fois l'engagement accepté, seul l'acteur envers qui il est pris peut en corriger une échéance : reportez un jalon, ou demandez-le-lui
commitment-nothing-confirmed = rien n'a été confirmé sur cette preuve
commitment-fulfilment-stands = une partie est confirmée comme tenue : corrigez-la d'abord à néant, avec une seconde personne

# Document.
document-not-registered = le document n'est pas encore enregistré
document-already-registered = le document est déjà enregistré
document-not-a-media-type = écrivez le type de média comme application/pdf ou video/mp4
document-already-attested = cet acteur a déjà attesté le document
document-consent-withdrawn-already = le consentement à l'usage du document est déjà retiré
document-too-many = { $max } attestations au plus
document-nothing-corrected = rien n'est corrigé : donnez au moins une valeur qui diffère de ce qui est enregistré
document-another-file = l'empreinte et la taille d'un fichier ne se remplacent jamais : enregistrez l'autre fichier comme un document à part, et annulez celui-ci s'il est une erreur
document-annulled = le document a été enregistré par erreur : il ne reçoit plus rien

# Corrections à deux personnes.
correction-duplicate = cette correction a déjà été proposée
correction-unknown = aucune correction de ce genre n'attend : elle est déjà confirmée ou rejetée, ou n'a jamais été proposée
correction-already-waiting = une autre correction du même chiffre attend : confirmez-la ou rejetez-la d'abord
correction-same-person = qui confirme ou rejette une correction doit être une autre personne que celle qui l'a proposée
correction-changed-meanwhile = le chiffre a changé depuis : rejetez la correction et proposez-en une autre
correction-too-many = au plus { $max } corrections

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
read-only = ce registre ne peut qu'être lu : { $refused }. Rien n'y est inscrit et rien n'est signé tant que son exploitant n'a pas remis la bonne copie, ou publié le journal sous un autre nom (tiwizi log new-origin)
refused-log-behind = il s'arrête avant ce qui a été publié
refused-log-rewritten = son début n'est pas celui qui a été publié
refused-log-anchor-unproven = rien ne prouve que le dernier point de contrôle gardé soit de ce journal
refused-log-key-of-another-log = la clé de signature est celle d'un autre journal
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
demo-partner = Pour agir au nom de l'association { $name }, une requête porte l'en-tête :

# Journal publié et reçus

receipt-sound = Reçu exact : l'événement { $position } ({ $name }), inscrit le { $at }, est dans le journal { $origin } de { $size } événements
receipt-unproven = Ce reçu ne prouve rien : { $why }
receipt-unreadable = ce fichier n'est pas un reçu au format c2sp.org/tlog-proof@v1
receipt-key-unreadable = cette clé n'en est pas une : elle s'écrit nom+identifiant+clé, comme à l'adresse /log/key
unproven-no-entry = il ne contient pas l'événement
unproven-checkpoint-unreadable = son point de contrôle est illisible
unproven-checkpoint-unsigned = aucune des clés données n'a signé son point de contrôle
unproven-signature-wrong = une signature de son point de contrôle est fausse
unproven-other-log = son point de contrôle est celui du journal { $origin }
unproven-not-included = l'événement n'est pas à sa place dans le journal dont parle le point de contrôle
log-file = { $path } ne peut pas être lu ou écrit : { $why }
log-key-readable-by-others = d'autres peuvent lire la clé secrète { $path } : faites chmod 600, puis changez de clé
log-in-use = un autre processus publie le journal gardé dans { $path } : arrêtez-le d'abord
log-two-keys = deux clés signent déjà : retirez d'abord l'ancienne avec « tiwizi log key retire { $key } »
log-key-rotated = Nouvelle clé : { $new } ; l'ancienne signe avec elle dès que le serveur repart : { $old }
log-key-taken-out = La clé { $key } ne signe plus
log-key-signs-here = signe depuis l'événement { $from } ({ $since }) ; sa partie secrète est ici
log-key-signs-elsewhere = signe depuis l'événement { $from } ({ $since }) ; sa partie secrète n'est pas ici
log-key-retired = a signé de l'événement { $from } ({ $since }) à l'événement { $until } ({ $on })
log-key-unrecorded = signe ici, et le registre n'en dit rien
log-origin-unfit = un nom de journal est une adresse sans schéma, sans espace et sans signe plus, comme tiwizi.example/souss-massa
log-origin-renewed = Le journal est publié sous { $origin } ; ce qui était gardé de l'ancien est à côté
served-read-only = { $why } — le registre est servi en lecture seule. Si la bonne copie est perdue, publiez le journal sous un autre nom : tiwizi log new-origin ORIGINE --reason …
log-no-key = { $path } ne contient pas de clé du journal
log-key-of-another-log = la clé est celle du journal { $key }, et le registre est publié sous { $origin }
log-anchor-unproven = le dernier point de contrôle publié ({ $path }) n'est pas de ce journal : { $why }
log-behind = le registre s'arrête à la position { $head } alors que { $published } événements ont été publiés : il a été ramené à un état plus ancien. Remettez la sauvegarde la plus récente ; le journal ne sera pas signé avant
log-rewritten = les { $published } premiers événements du registre ne sont pas ceux qui ont été publiés : le journal ne sera pas signé

# CitizenInitiative
stage-received = reçu
stage-endorsed = soutenu
stage-referred = transmis au conseil
stage-answered = pourvu d'une réponse
citizen-initiative-not-received = la pétition n'est pas encore reçue
citizen-initiative-already-received = la pétition est déjà reçue
citizen-initiative-out-of-turn = le dossier de la pétition est { $stage } : cette étape n'est plus possible, ou pas encore
citizen-initiative-nothing-signed = un nombre de signatures est supérieur à zéro ; laissez-le de côté s'il n'est pas déclaré
citizen-initiative-small-count = { $count } signatures en dessous de la province pourraient désigner des personnes : laissez le nombre de côté, ou donnez la province
citizen-initiative-already-endorsed = l'acteur soutient déjà la pétition
citizen-initiative-already-linked = la pétition a déjà cette délibération
citizen-initiative-before-reception = ce ne peut être ({ $on }) avant la réception de la pétition ({ $received })
citizen-initiative-nothing-corrected = une correction change quelque chose
citizen-initiative-too-many = { $max } au plus

# Deliberation
stage-tabled = inscrit à l'ordre du jour
stage-postponed = reporté
stage-rejected = rejeté
deliberation-not-tabled = la délibération n'est pas encore inscrite
deliberation-already-tabled = la délibération est déjà inscrite
deliberation-out-of-turn = le point est { $stage } : cette étape n'est plus possible, ou pas encore
deliberation-not-adopted = le point est { $stage } : il faut ici une délibération adoptée
deliberation-not-decided = le point est { $stage } : le conseil n'a dit ni oui, ni non, ni plus tard
deliberation-runs-backwards = ce ne peut être ({ $on }) avant ce qui précède ({ $previous })
deliberation-postponed-backwards = un point ne se reporte pas à { $until }, avant { $on }
deliberation-more-votes-than-voters = { $cast } voix et abstentions, c'est plus que les { $voters } votants possibles
deliberation-more-present-than-members = { $present } présents, c'est plus que les { $members } membres du conseil
deliberation-quorum-out-of-reach = un quorum de { $quorum }, c'est plus que les { $members } membres du conseil
deliberation-no-quorum = { $present } présents, c'est moins que le quorum de { $quorum } : le conseil ne peut pas délibérer
deliberation-no-majority = { $in_favour } voix pour et { $against } contre n'adoptent pas
deliberation-majority-in-favour = { $in_favour } voix pour et { $against } contre ne rejettent pas
deliberation-votes-out-of-range = les voix restent en dessous de 9 007 199 254 740 992
deliberation-nothing-corrected = une correction change quelque chose

# TerritorialPlan
stage-preparing = en préparation
stage-in-force = en vigueur
stage-revised = révisé
stage-expired = échu
kind-communal-action-plan = plan d'action communal
kind-migration-roadmap = feuille de route communale sur la migration
kind-provincial-plan = plan provincial
kind-regional-plan = plan régional
level-country = le pays
level-region = une région
level-province = une province ou préfecture
level-commune = une commune
territorial-plan-not-started = le plan n'est pas encore commencé
territorial-plan-already-started = le plan est déjà commencé
territorial-plan-out-of-turn = le plan est { $stage } : cette étape n'est plus possible, ou pas encore
territorial-plan-kind-does-not-fit = { $level } n'a pas de plan de cette sorte : { $kind }
territorial-plan-period-reversed = la période finit ({ $to }) avant de commencer ({ $from })
territorial-plan-runs-backwards = ce ne peut être ({ $on }) avant ce qui précède ({ $previous })
territorial-plan-unknown-act = la délibération qui adopte le plan n'est pas dans le registre
territorial-plan-act-not-adopted = un plan s'adopte par une délibération adoptée, et le point est ici { $stage }
territorial-plan-duplicate-objective = le plan a déjà cet objectif
territorial-plan-unknown-objective = le plan n'a pas cet objectif
territorial-plan-duplicate-action = le plan a déjà cette action
territorial-plan-unknown-action = le plan n'a pas cette action
territorial-plan-other-objective = cette action sert un autre objectif
territorial-plan-already-linked = l'intervention est déjà liée de cette façon
territorial-plan-no-mainstreaming = rien ne dit que le plan intègre la dimension migratoire
territorial-plan-mainstreaming-annulled-already = cette intégration est déjà annulée
territorial-plan-nothing-corrected = une correction change quelque chose
territorial-plan-too-many = { $max } au plus

# ServiceUnit
service-rights = accès aux droits
service-care = accès aux soins
service-information = information et orientation
service-unit-not-decided = le service n'est pas encore décidé
service-unit-already-decided = le service est déjà décidé
service-unit-annulled = le service a été annulé : plus rien ne s'y inscrit
service-unit-out-of-turn = le service est { $stage } : cette étape n'est plus possible, ou pas encore
service-unit-out-of-order = cette date ({ $on }) précède celle de l'étape d'avant ({ $before })
service-unit-not-offered = le service n'offre pas cette prestation : { $service }
service-unit-service-twice = cette prestation y figure deux fois : { $service }
service-unit-service-counted = des mois sont comptés pour cette prestation, elle ne peut pas disparaître : { $service }
service-unit-duplicate-referral = le service a déjà cet accord d'orientation
service-unit-unknown-referral = le service n'a pas cet accord d'orientation
service-unit-already-agreed = un accord de cette sorte avec ce partenaire est en vigueur : il doit d'abord finir
service-unit-referral-over = l'accord d'orientation a déjà pris fin : { $to }
service-unit-ends-before-start = la fin ({ $to }) précéderait le début ({ $from })
service-unit-not-a-month = les passages se comptent par mois, et { $month } n'en est pas un : écrivez 2025-03
service-unit-in-the-future = { $month } n'a pas commencé
service-unit-before-opening = { $month } précède l'ouverture ({ $opened })
service-unit-after-closing = { $month } suit la fermeture ({ $closed })
service-unit-already-reported = { $month } est déjà compté : corrigez-le
service-unit-not-reported = { $month } n'est pas compté
service-unit-nothing-counted = un mois compte au moins une prestation ; si personne n'est venu, écrivez zéro
service-unit-more-referred-than-received = { $service } : { $referred } orientations, c'est plus que les { $received } passages
service-unit-nothing-corrected = la correction ne change rien
service-unit-too-many = { $max } au plus

# CoordinationBody
stage-constituted = constitué
coordination-body-not-constituted = le comité n'est pas encore constitué
coordination-body-already-constituted = le comité est déjà constitué
coordination-body-annulled = le comité a été annulé : plus rien ne s'y inscrit
coordination-body-out-of-turn = le comité est { $stage } : cette étape n'est plus possible
coordination-body-second-chair = le comité est alors présidé par { $chair } : cette présidence doit d'abord finir
coordination-body-already-sits = l'acteur y siège déjà à ce titre
coordination-body-duplicate-membership = le comité a déjà ce siège
coordination-body-unknown-membership = le comité n'a pas ce siège
coordination-body-membership-over = l'acteur a déjà quitté ce siège : { $to }
coordination-body-ends-before-start = la fin ({ $to }) précéderait le début ({ $from })
coordination-body-nothing-corrected = la correction ne change rien
coordination-body-too-many = { $max } au plus

# Meeting
stage-convened = au stade de la convocation
stage-held = au stade de la tenue
stage-minuted = au stade du compte rendu
stage-approved = au stade du compte rendu approuvé
meeting-not-convened = la réunion n'est pas encore convoquée
meeting-already-convened = la réunion est déjà convoquée
meeting-annulled = la réunion a été annulée : plus rien ne s'y inscrit
meeting-body-does-not-stand = le comité est dissous ou annulé : il ne peut plus être convoqué
meeting-out-of-turn = le dossier de la réunion est { $stage } : cette étape n'est plus possible, ou pas encore
meeting-attends-twice = un acteur n'assiste qu'une fois
meeting-duplicate-decision = la réunion a déjà cette décision
meeting-unknown-decision = la réunion n'a pas pris cette décision
meeting-duplicate-action = la réunion a déjà confié cette action
meeting-unknown-action = la réunion n'a pas confié cette action
meeting-action-closed = l'action est déjà close
meeting-nothing-moved = l'échéance de l'action est déjà le { $due }
meeting-due-before-meeting = { $due } précède la réunion ({ $held }) : rien ne peut échoir alors
meeting-before-meeting = cette date ({ $on }) précède la réunion ({ $held })
meeting-approved-before-written = l'approbation ({ $on }) précéderait le compte rendu ({ $written })
meeting-nothing-corrected = la correction ne change rien
meeting-too-many = { $max } au plus

# CapitalisationItem
capitalisation-item-not-drafted = la fiche n'est pas encore rédigée
capitalisation-item-already-drafted = la fiche est déjà rédigée
capitalisation-item-out-of-turn = la fiche est { $stage } : cette étape n'est plus possible, ou pas encore
capitalisation-item-nothing-linked = nommez un document ou un événement de ce registre qui le montre
capitalisation-item-already-linked = ce document ou cet événement est déjà lié à la fiche
capitalisation-item-reviewed-by-author = celui qui relit une fiche n'est pas celui qui l'a rédigée
capitalisation-item-no-evidence = liez un document ou un événement qui le montre avant de publier la fiche
capitalisation-item-no-consent = des personnes y sont reconnaissables : donnez la référence de leur consentement
capitalisation-item-superseded-by-itself = une fiche ne se remplace pas elle-même
capitalisation-item-successor-not-published = la fiche qui la remplace doit être publiée
capitalisation-item-nothing-corrected = la rectification ne change rien
capitalisation-item-too-many = { $max } interventions, territoires, secteurs, groupes ou preuves au plus
stage-draft = à l'état de brouillon
stage-reviewed = relu
stage-published = publié
stage-superseded = remplacé

# TrainingCohort
stage-planned = prévu
training-cohort-not-planned = la formation n'est pas encore prévue
training-cohort-already-planned = la formation est déjà prévue
training-cohort-out-of-turn = le groupe de formation est { $stage } : cette étape n'est plus possible, ou pas encore
training-cohort-already-completed = l'achèvement est déjà inscrit : un autre que celui qui l'a fait peut le corriger
training-cohort-ends-before-start = elle finirait ({ $to }) avant de commencer ({ $from })
training-cohort-completed-before-session = elle serait achevée ({ $on }) avant l'une de ses séances ({ $session })
training-cohort-in-the-future = { $on } est dans l'avenir : inscrivez ce qui a eu lieu
training-cohort-no-places = une formation a au moins une place ; laissez les places de côté si elles ne sont pas connues
training-cohort-does-not-add-up = { $parts } comptés et { $unknown } inconnus ne font pas le total, { $total }
training-cohort-small-cell = un effectif de { $count } en dessous de la province pourrait désigner des personnes : inscrivez la formation pour la province, ou comptez-les comme inconnus
training-cohort-overlapping-parts = deux effectifs parlent des mêmes personnes : chacune est comptée dans une seule part
training-cohort-more-completed-than-enrolled = { $completed } ne peuvent pas achever ce que { $enrolled } ont commencé
training-cohort-corrected-by-recorder = qui corrige les effectifs n'est pas qui les a inscrits
training-cohort-nothing-corrected = la correction ne change rien
training-cohort-too-many = { $max } au plus

# AwarenessAction
awareness-action-not-planned = l'action de sensibilisation n'est pas encore prévue
awareness-action-already-planned = l'action de sensibilisation est déjà prévue
awareness-action-out-of-turn = l'état de l'action est : { $stage } ; cette étape n'est plus possible, ou pas encore
awareness-action-already-completed = l'achèvement est déjà inscrit : un autre que celui qui l'a fait peut le corriger
awareness-action-ends-before-start = elle finirait ({ $to }) avant de commencer ({ $from })
awareness-action-completed-before-session = elle serait achevée ({ $on }) avant l'une de ses séances ({ $session })
awareness-action-in-the-future = { $on } est dans l'avenir : inscrivez ce qui a eu lieu
awareness-action-does-not-add-up = { $parts } comptés et { $unknown } inconnus ne font pas le total, { $total }
awareness-action-small-cell = un effectif de { $count } en dessous de la province pourrait désigner des personnes : inscrivez l'action pour la province, ou comptez-les comme inconnus
awareness-action-overlapping-parts = deux effectifs parlent des mêmes personnes : chacune est comptée dans une seule part
awareness-action-corrected-by-recorder = qui corrige l'effectif n'est pas qui l'a inscrit
awareness-action-nothing-corrected = la correction ne change rien
awareness-action-too-many = { $max } au plus

# MobilityMap
stage-validated = validé
mobility-map-not-drafted = la cartographie n'est pas encore rédigée
mobility-map-already-drafted = la cartographie est déjà rédigée
mobility-map-out-of-turn = l'état de la cartographie est : { $stage } ; cette étape n'est plus possible, ou pas encore
mobility-map-duplicate-opportunity = la cartographie a déjà cette opportunité
mobility-map-unknown-opportunity = la cartographie n'a pas cette opportunité
mobility-map-opportunity-expired = l'opportunité n'existe déjà plus
mobility-map-in-the-future = { $on } est dans l'avenir : inscrivez ce qui a eu lieu
mobility-map-closed-before-verified = elle a fermé ({ $closes }) avant d'être vérifiée ({ $on }) : ce n'est plus une opportunité
mobility-map-verified-since = elle a été vérifiée ce jour-là ou depuis : { $verified_on }
mobility-map-validated-by-drafter = qui valide une cartographie n'est pas qui l'a rédigée
mobility-map-nothing-open = aucune opportunité de la cartographie n'est ouverte : il n'y a rien à publier
mobility-map-expired-before-publication = la cartographie ne peut pas être périmée le { $on }, avant sa publication ({ $published })
mobility-map-nothing-corrected = la correction ne change rien
mobility-map-too-many = { $max } au plus

# MobilityPlacement
stage-proposed = proposé
stage-departed = parti
stage-came-back = revenu
stage-ended = arrivé à sa fin
mobility-placement-not-proposed = la mobilité n'est pas encore proposée
mobility-placement-already-proposed = la mobilité est déjà proposée
mobility-placement-out-of-turn = le groupe en mobilité est { $stage } : cette étape n'est plus possible, ou pas encore
mobility-placement-already-departed = le départ est déjà inscrit : un autre que celui qui l'a fait peut le corriger
mobility-placement-unknown-map = cette cartographie n'existe pas, ou elle est annulée
mobility-placement-unknown-opportunity = la cartographie n'a pas cette opportunité
mobility-placement-opportunity-without-map = une opportunité est celle d'une cartographie : nommez-la aussi
mobility-placement-other-country = la cartographie est celle de { $mapped }, pas de { $proposed }
mobility-placement-other-pathway = la cartographie donne à cette opportunité une autre voie
mobility-placement-no-places = une mobilité a au moins une place
mobility-placement-nobody-departed = un départ compte au moins une personne ; mettez fin à ce que personne ne prend
mobility-placement-more-departed-than-places = { $departed } ne peuvent pas partir pour { $places } places
mobility-placement-more-returned-than-departed = { $returned } ne peuvent pas revenir de { $departed } partis
mobility-placement-fewer-returned = { $before } étaient déjà revenus : { $returned } en tout, ce n'est pas plus
mobility-placement-before-departure = { $on } est avant le départ, { $departed }
mobility-placement-in-the-future = { $on } est dans l'avenir : inscrivez ce qui a eu lieu
mobility-placement-does-not-add-up = { $parts } comptés et { $unknown } inconnus ne font pas le total, { $total }
mobility-placement-small-cell = un effectif de { $count } en dessous de la province pourrait désigner des personnes : inscrivez la mobilité pour la province, ou comptez-les comme inconnus
mobility-placement-overlapping-parts = deux effectifs parlent des mêmes personnes : chacune est comptée dans une seule part
mobility-placement-corrected-by-recorder = qui corrige l'effectif n'est pas qui l'a inscrit
mobility-placement-nothing-corrected = la correction ne change rien
mobility-placement-too-many = { $max } au plus

# Sourcing
sourcing-unknown-subject-type = le registre ne tient pas cette sorte de choses
sourcing-other-subject = ces sources portent sur un autre sujet
sourcing-already-attributed = cette source est déjà connue pour cet événement
sourcing-duplicate-conflict = ce désaccord est déjà inscrit
sourcing-unknown-conflict = il n'y a pas de tel désaccord
sourcing-too-few-claims = un désaccord oppose au moins deux affirmations
sourcing-claims-agree = les affirmations disent toutes la même chose : il n'y a pas de désaccord
sourcing-same-source = deux affirmations sont lues au même endroit : dites où chacune se trouve dans la source
sourcing-duplicate-claim = cette affirmation est déjà inscrite
sourcing-unknown-claim = le désaccord n'a pas cette affirmation
sourcing-claim-or-value = nommez l'affirmation qui vaut, ou dites ce qui vaut à la place : l'un des deux
sourcing-already-settled = le désaccord est déjà tranché ; une nouvelle affirmation le rouvre
sourcing-too-many = { $max } au plus

# Qualité des données
topic-name = le nom
topic-dates = les dates
topic-amount = le montant
topic-count = le nombre
topic-role = les rôles
topic-place = le lieu
topic-status = l'état d'avancement
topic-other = un autre point
issue-sources-disagree = des sources se contredisent sur { $topic }, et personne n'a tranché depuis le { $since }
issue-past-its-end = dit en cours alors que la fin prévue est passée : depuis le { $since }, soit { $days } jours
issue-amount-missing = aucun montant n'est déclaré, ce qui n'est pas zéro ; connu depuis le { $since }
issue-dates-outside-parent = commence avant le programme dont il fait partie, ou finit après lui
issue-commitment-stale = l'échéance est passée et rien n'a été inscrit depuis le { $since }, soit { $days } jours
issue-lead-missing = personne ne pilote depuis le { $since }
issue-report-overdue = la cible était due et rien n'a été rapporté : en retard depuis le { $since }
issue-consent-withdrawn = publié alors que des personnes ont retiré leur consentement, le { $since }
