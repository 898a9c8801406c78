# Messages in English. The key is the code, in lower case, with hyphens.

# Stages and powers, as messages name them.
stage-unregistered = not registered yet
stage-registered = registered
stage-suspended = suspended
stage-merged = merged into another
stage-dissolved = dissolved
stage-unrecorded = not recorded yet
stage-offered = offered
stage-declined = declined
stage-accepted = accepted
stage-active = active
stage-part-fulfilled = part fulfilled
stage-fulfilled = fulfilled
stage-withdrawn = withdrawn
stage-lapsed = lapsed
stage-disputed = disputed
stage-undrafted = not drafted yet
stage-drafted = drafted
stage-open = open
stage-closed = closed
stage-decided = decided
stage-submitted = submitted
stage-eligible = eligible
stage-ineligible = ineligible
stage-opined = provided with an opinion
stage-deferred = deferred
stage-refused = refused
stage-granted = granted
stage-contracted = contracted
stage-completed = completed
stage-revoked = revoked
stage-returned = returned to its author
stage-locked = locked
stage-idea = an idea
stage-adopted = adopted
stage-started = started
stage-in-service = in service
stage-abandoned = abandoned
stage-agreed = agreed
stage-running = running
stage-closing = closing
stage-cancelled = cancelled
stage-annulled = annulled
needed-coordinate = coordinate
needed-sign = bind the actor
needed-report = report
needed-verify = verify
needed-fund = fund
needed-audit = audit
needed-administer = administer mandates

# The ledger.
ledger-already-open = this ledger is open already

# Who acts.
no-mandate = name the actor and the mandate that you act under
actor-not-active = the actor that you act for is not registered, or suspended, merged or dissolved
mandate-not-in-force = the mandate that you act under is not in force
power-missing = the mandate that you act under lacks the power to { $needed }
acting-unreadable = write the header as Tiwizi-Acting: actor=<uuid>; mandate=<uuid>
acting-not-local = the header Tiwizi-Acting is taken from this machine alone, by a server that listens to it alone

# What a request holds.
unknown-reference = { $id } names nothing here
text-empty = write at least one character
text-too-long = { $chars } characters are too many: at most { $max }
text-unprintable = remove the control character U+{ $hex }
text-language-twice = a text has at most one wording in a language
date-invalid = “{ $written }” is no day: write 2020-05-01
date-time-invalid = “{ $written }” is no instant: write 2020-05-01T09:00:00Z
effective-invalid = “{ $written }” is no date: write 2018, 2020-01, 2020-05-01, 2024-02-05/2024-03-20 or unknown
uuid-invalid = “{ $written }” is no id (UUID)
territory-unknown = “{ $written }” is no territory: ids read like region-souss-massa or commune-belfaa
country-invalid = “{ $written }” is no country: write the two capital letters of ISO 3166-1, as in MA or FR
hash-invalid = “{ $written }” is no SHA-256 hash: write 64 lower-case hexadecimal digits
number-out-of-range = { $written } is beyond ±9,007,199,254,740,991
quantity-out-of-range = { $written } is not from 0 to 9,007,199,254,740,991
page-size-invalid = ask for 1 to { $max } entries
cursor-invalid = this is no cursor of this list
position-beyond-head = the ledger ends at position { $head }
not-found = what the request names is not there
conflict = the same records are being changed by others all the time: try again
idempotency-mismatch = the command id { $command } was used before, for another command
rate-limited = too many questions about the past at once: try again in a moment
internal = something failed here; give the trace id to whoever runs this server

# What HTTP carries.
media-not-acceptable = this server answers in application/graphql-response+json or application/json
media-not-supported = send the body as application/json
method-not-allowed = use GET or POST
mutation-by-get = a mutation is sent by POST
json-invalid = this is not valid JSON
body-too-large = the body of the request is longer than { $max } bytes
batch-not-supported = send one operation, in a JSON object
query-missing = “query” is missing, a text
query-unreadable = the GraphQL query cannot be read: { $reason }
parameter-invalid = “operationName” is a text, “variables” and “extensions” are objects
timed-out = the operation took more than 5 seconds; a command can be sent again with the same id

# Actor.
actor-not-registered = the actor has not been registered yet
actor-already-registered = the actor has been registered already
actor-out-of-turn = the actor is { $stage }: this step is not possible any more, or not yet
actor-name-taken = actor { $by } has this name in some spelling: add an alias to it, or declare a homonym if the two are not the same
actor-duplicate-alias = the actor has exactly this name already
actor-duplicate-identifier = the same identifier is given twice
actor-merged-into-itself = an actor cannot be merged into itself
actor-duplicate-mandate = the mandate is there already
actor-no-power = a mandate must give at least one power
actor-mandate-ends-before-it-begins = a mandate must not end before it begins
actor-unknown-mandate = the actor has granted no such mandate
actor-mandate-revoked-already = the mandate has been revoked already
actor-duplicate-key = the key is there already
actor-not-a-public-key = write the public key of 32 bytes in Base64, 44 characters with the padding
actor-unknown-key = the actor has enrolled no such key
actor-key-revoked-already = the key has been revoked already
actor-too-many = at most { $max } of these
actor-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
actor-unknown-alias = the actor has no such alias
actor-registered-name = the actor is registered under this name: correct it, rather than withdrawing it
actor-mandate-stands = somebody may act for the actor: revoke its mandates first, or merge or dissolve it where it took part in something

# Policy framework.
policy-framework-not-adopted = the policy framework has not been adopted yet
policy-framework-already-adopted = the policy framework has been adopted already
policy-framework-superseded = the policy framework has been superseded: it takes nothing more
policy-framework-succeeds-itself = a policy framework cannot be its own successor
policy-framework-duplicate-axis = the axis is there already
policy-framework-too-many = at most { $max } axes
policy-framework-unknown-axis = the policy framework has no such axis
policy-framework-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
policy-framework-still-named = programmes align with it ({ $named_by }): annul or correct those first
policy-framework-annulled = the policy framework was recorded by mistake: it takes nothing more

# Programme.
programme-not-created = the programme has not been created yet
programme-already-created = the programme has been created already
programme-out-of-turn = the programme is { $stage }: this step is not possible any more, or not yet
programme-period-reversed = the period ends ({ $to }) before it begins ({ $from })
programme-nothing-budgeted = an amount must be above zero; leave out what is not declared
programme-cycle-of-parents = a programme cannot be part of itself, not through others either
programme-already-attached = it is part of that programme already
programme-already-aligned = it is aligned with that framework and axis already
programme-duplicate-result = the programme has that result already
programme-unknown-result = the programme has no such result
programme-duplicate-indicator = the programme has that indicator already
programme-unknown-indicator = the programme has no such indicator
programme-target-already-set = the indicator has a target already: revise it and say why
programme-no-target = the indicator has no target to revise yet
programme-duplicate-envelope = the programme has that envelope already
programme-unknown-envelope = the programme has no such envelope
programme-other-currency = the envelope is kept in { $envelope }, not in { $given }
programme-already-reserved = the funding request has taken its part of an envelope already
programme-envelope-exhausted = { $asked } is more than what is left of the envelope: { $left }
programme-not-reserved = the funding request has taken nothing from that envelope
programme-releases-too-much = { $asked } is more than what the funding request still holds: { $reserved }
programme-extended-backwards = an extension to { $to } would end before the present end, { $end }
programme-nothing-to-settle = no source has said anything about that yet: report it before settling it
programme-too-many = at most { $max } of them
programme-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
programme-envelope-below-reserved = { $asked } is less than what is reserved of the envelope: { $reserved }
programme-money-reserved = funding requests hold parts of its envelopes: revoke those grants first
programme-still-named = projects, interventions, calls, requests or commitments are part of it ({ $named_by }): correct or annul them first

# Indicator.
indicator-out-of-turn = the report for { $period } is { $stage }: this step is not possible any more, or not yet
indicator-accepted-by-submitter = who accepts a measurement must not be who submitted it
indicator-does-not-add-up = { $cells } counted and { $unknown } unknown do not add up to the value, { $value }
indicator-small-cell = a count of { $count } below province could point at persons: give it for the province, or count it as unknown
indicator-duplicate-cell = two counts speak of the same people: add them up
indicator-shared-with-itself = a result cannot be shared with the indicator itself
indicator-already-shared = the result for { $period } was declared as shared already
indicator-too-many = at most { $max } of them
indicator-corrected-by-submitter = who corrects or annuls a measurement must not be who submitted it

# Intervention.
intervention-not-proposed = the intervention has not been proposed yet
intervention-already-proposed = the intervention has been proposed already
intervention-out-of-turn = the intervention is { $stage }: this step is not possible any more, or not yet
intervention-nothing-budgeted = a budget must be above zero; leave it out where it is not declared
intervention-second-lead = the intervention is led by { $lead } at that time: that participation must end first
intervention-already-takes-part = the actor takes part in that role already
intervention-duplicate-participation = the intervention has that participation already
intervention-unknown-participation = the intervention has no such participation
intervention-participation-over = the participation ended already: { $to }
intervention-ends-before-start = it would end ({ $to }) before it begins ({ $from })
intervention-phase-number = phases are numbered from 1 to { $max }
intervention-duplicate-phase = phase { $phase } was started already
intervention-unknown-phase = phase { $phase } was not started
intervention-phase-over = phase { $phase } was completed already
intervention-phase-open = phase { $phase } is still running: complete it first
intervention-commissioned-before-completion = it cannot be in service on { $on }, before its completion ({ $completed })
intervention-too-many = at most { $max } of them
intervention-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
intervention-participation-lasts = the participation lasts: end it, rather than correcting its end
intervention-no-such-step = that step was not recorded: there is no date to correct
intervention-unknown-part = there is no such part, or it was annulled already
intervention-still-named = commitments and funding requests are for it ({ $named_by }): correct or annul them first

# Funding call.
funding-call-not-drafted = the funding call has not been drafted yet
funding-call-already-drafted = the funding call has been drafted already
funding-call-out-of-turn = the funding call is { $stage }: this step is not possible any more, or not yet
funding-call-duplicate-territory = the same territory is given twice
funding-call-nothing-offered = the most that one request may be granted must be more than nothing
funding-call-closes-before-it-opens = a funding call cannot close before it opens
funding-call-closed-before-it-opened = a funding call cannot have closed before it opened
funding-call-waiver-ends-before-closing = a waiver must not end before the call closes
funding-call-decided-before-closing = requests cannot be decided before the call closes
funding-call-too-many = at most { $max } of these
funding-call-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
funding-call-no-such-step = that step was not recorded: there is no date to correct
funding-call-still-named = requests answer it ({ $named_by }): correct or annul them first

# Funding request.
funding-request-not-submitted = the funding request has not been submitted yet
funding-request-already-submitted = the funding request has been submitted already
funding-request-out-of-turn = the funding request is { $stage }: this step is not possible any more, or not yet
funding-request-unknown-call = there is no such funding call
funding-request-not-yet-open = the funding call is not open yet
funding-request-closed = the funding call is closed, and was not waived for this applicant
funding-request-nothing-asked = an amount must be above zero; leave out what is not declared
funding-request-negative-contribution = an own contribution cannot be below zero
funding-request-mixed-currencies = the amounts of one request must be in one currency: { $one } and { $other }
funding-request-opinion-by-applicant = the opinion must come from outside the applicant
funding-request-not-the-applicant = only the applicant may reformulate its request or declare its expenditure
funding-request-validated-by-applicant = who validates an expenditure must not be the applicant
funding-request-no-outside-opinion = a decision needs at least one opinion from outside the applicant first
funding-request-exceeds-grant = { $asked } is more than what was granted: { $granted }
funding-request-below-disbursed = { $asked } is less than what has been disbursed and not refunded: { $disbursed }
funding-request-duplicate-amendment = the agreement has that amendment already
funding-request-duplicate-disbursement = that disbursement was planned or recorded already
funding-request-duplicate-expenditure = that expenditure was declared already
funding-request-unknown-expenditure = there is no such expenditure
funding-request-already-validated = that expenditure was validated already
funding-request-duplicate-refund = that refund was recorded already
funding-request-other-currency = the agreement is in { $agreement }: give the amount in it, and in { $given } with its rate, date and source
funding-request-needless-exchange = an amount paid in the agreement's own currency, { $currency }, has no rate
funding-request-wrong-exchange = at that rate { $original } are not { $amount }
funding-request-in-the-future = { $on } is in the future: record what has happened, plan what is expected
funding-request-exceeds-agreement = { $asked } is more than what is left to disburse of the agreement: { $left }
funding-request-exceeds-disbursed = { $asked } is more than what has been disbursed and not refunded: { $disbursed }
funding-request-refund-of-spent = { $asked } is more than what has not been spent: { $unspent }
funding-request-exceeds-means = { $asked } is more than the disbursed and own money that is still to be spent: { $left }
funding-request-expenditure-waiting = declared expenditures wait for validation: { $waiting }
funding-request-amount-out-of-range = an amount must stay within ±9,007,199,254,740,991 minor units
funding-request-too-many = at most { $max } of them
funding-request-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
funding-request-unknown-figure = no such flow was recorded, or it was annulled
funding-request-answered-by-applicant = who confirms or rejects a correction must not be the applicant
funding-request-below-refunded = { $disbursed } would be disbursed and { $refunded } refunded of it: correct the refunds first
funding-request-beyond-agreement = { $held } would be disbursed and not refunded, more than was agreed: { $agreed }
funding-request-beyond-revocation = { $held } would be disbursed and not refunded, but all beyond { $kept } went back when the grant was revoked
funding-request-below-spent = { $validated } would be validated, more than the disbursed and own money: { $means }; correct the expenditures first
funding-request-grant-in-force = the grant is in force: revoke it first
funding-request-money-flowed = money has flowed: correct each flow to nothing first, with a second person

# Commitment.
commitment-nothing-pledged = a commitment must promise more than nothing
commitment-nothing-estimated = an estimate must be above zero; leave it out where there is none
commitment-offered-to-itself = a partner cannot make a commitment to itself
commitment-not-offered = the commitment has not been offered yet
commitment-already-offered = the commitment has been offered already
commitment-out-of-turn = the commitment is { $stage }: this step is not possible any more, or not yet
commitment-not-the-offerer = only the actor that offered a commitment may withdraw it, submit evidence for it or propose another size of it
commitment-not-the-beneficiary = only the actor that the commitment was offered to may accept or decline it
commitment-not-a-party = only the actor that offered a commitment or the one that it was offered to may set its milestones, correct or dispute it
commitment-confirmed-by-offerer = who confirms a fulfilment must not be who offered the commitment
commitment-unknown-milestone = the commitment has no such milestone
commitment-duplicate-milestone = the milestone is there already
commitment-unknown-evidence = the commitment has no such evidence, or it was confirmed or rejected already
commitment-duplicate-evidence = the evidence is there already
commitment-nothing-claimed = evidence must prove more than nothing
commitment-exceeds-pledge = { $fulfilled } would be fulfilled of { $pledged } promised: declare that it exceeds the promise
commitment-too-many = at most { $max } milestones, pieces of evidence or documents
commitment-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
commitment-due-corrected-by-offerer = once a promise is accepted, only the actor that it was made to may correct a due date: reschedule a milestone, or ask them
commitment-nothing-confirmed = nothing was confirmed on that evidence
commitment-fulfilment-stands = some of it was confirmed as kept: correct that to nothing first, with a second person

# Document.
document-not-registered = the document has not been registered yet
document-already-registered = the document has been registered already
document-not-a-media-type = write the media type as in application/pdf or video/mp4
document-already-attested = this actor has attested the document already
document-consent-withdrawn-already = consent to the use of the document has been withdrawn already
document-too-many = at most { $max } attestations
document-nothing-corrected = nothing is corrected: give at least one value that differs from what is recorded
document-another-file = the digest and the size of a file are never replaced: register the other file as a document of its own, and annul this one where it is a mistake
document-annulled = the document was recorded by mistake: it takes nothing more

# Corrections by two persons.
correction-duplicate = that correction was proposed already
correction-unknown = no such correction waits: it was confirmed or rejected already, or never proposed
correction-already-waiting = another correction of the same figure waits: confirm or reject it first
correction-same-person = who confirms or rejects a correction must be another person than who proposed it
correction-changed-meanwhile = the figure has changed since then: reject the correction, and propose another one
correction-too-many = at most { $max } corrections

# Command line: the ledger

ledger-read-only-place = { $path } cannot be written to: name another directory with --data, or mend its permissions
ledger-unopened = { $path } cannot be opened: { $reason }
ledger-disk-full = the disk of the ledger is full: nothing was recorded; free some space and send the command again
ledger-database-away = the database of the ledger does not answer
ledger-bad-address = the address of the database is not of the form postgres://user@host/name
ledger-damaged = the ledger is damaged: { $what }; run "tiwizi audit verify" and go back to a good copy
ledger-newer-schema = the ledger's tables have version { $found }, newer than the version { $known } that this program knows: use a newer tiwizi
ledger-older-schema = the ledger's tables have version { $found } where { $known } is needed: open it once with "tiwizi serve"
ledger-not-a-ledger = { $place } holds no ledger
ledger-in-use = another process has { $path } open for writing
ledger-event-too-large = an event of { $bytes } bytes is longer than the 65,535 that are allowed
ledger-inexact = a value has no exact JSON form
ledger-unreadable = a recorded event cannot be read: { $why }
ledger-nothing-to-record = the command causes no event
ledger-contended = the same records are being changed by others all the time: try again
ledger-outcome-unknown = the connection was lost while the command was being recorded: send it again with the same command id to learn whether it was
ledger-not-writable = the ledger is not open for writing
ledger-sqlite = SQLite failed: { $why }
ledger-postgres = PostgreSQL failed: { $why }

# Command line: audit, export, import

audit-sound = The ledger is sound: { $events } events, root { $root }
audit-event-damaged = The event at position { $position } is damaged: { $why }
audit-ledger-damaged = The ledger is damaged: { $why }
audit-same-state = The replay gives the same state at position { $position }: { $digest }
audit-other-state = The replay gives another state at position { $position }: { $digest }
difference-missing = the event is missing
difference-leaf-hash = its bytes do not have the hash that is stored beside them
difference-not-canonical = it is not canonical JSON at byte { $byte }
difference-malformed = it is not in the stored form: { $why }
difference-column = the column { $column } differs from the stored bytes
difference-sequence = it is number { $found } of its stream where { $expected } was due
difference-prev = its link to the event before it in its stream is wrong
difference-time-goes-back = it was recorded earlier than the event before it
difference-command-twice = its command was executed before
difference-node = node { $index } of level { $level } of the hash tree is wrong or missing
difference-head = the head's { $value } is not that of the events
exchange-file = the file cannot be read or written: { $why }
exchange-line = line { $line }: { $why }; what comes before it is imported
exchange-other-ledger = the ledger is not empty, and what it holds is not the beginning of the file
simulated-past = this ledger has a simulated past (demonstration) and cannot be served as a real one: use "tiwizi demo"
real-ledger = { $place } holds a real ledger: the demonstration leaves it alone
cannot-listen = cannot listen on { $address }: { $why }
founded = New ledger "{ $name }". To act for its coordination, each request carries the header:
demo-ready = Demonstration: { $events } events, root { $root }
demo-partner = To act for the association { $name }, a request carries the header:

# CitizenInitiative
citizen-initiative-already-received = It has been received already.

# Deliberation
deliberation-already-tabled = It has been tabled already.

# TerritorialPlan
territorial-plan-already-started = It has been started already.

# ServiceUnit
service-unit-already-decided = It has been decided already.

# CoordinationBody
coordination-body-already-constituted = It has been constituted already.

# Meeting
meeting-already-convened = It has been convened already.

# CapitalisationItem
capitalisation-item-already-drafted = It has been drafted already.

# TrainingCohort
training-cohort-already-planned = It has been planned already.

# AwarenessAction
awareness-action-already-planned = It has been planned already.

# MobilityMap
mobility-map-already-drafted = It has been drafted already.

# MobilityPlacement
mobility-placement-already-proposed = It has been proposed already.

# Sourcing
sourcing-already-begun = It has been begun already.
