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
ledger-not-open = this ledger is not open yet: it begins with the first “tiwizi serve”
ledger-key-of-another-origin = the key is named { $key }, and the log is published under { $origin }
ledger-key-already-trusted = that key signs already
ledger-key-already-retired = that key was retired: no key comes back
ledger-key-not-trusted = that key does not sign the log
ledger-last-key = the last key is not retired: make another one first with “tiwizi log key rotate”
ledger-too-many-keys = at most { $max } keys sign at a time: retire one first
ledger-origin-used = the log is, or was, published under { $origin }: choose another name
ledger-checkpoint-of-another-origin = the last checkpoint is of the log { $found }, and this log is published under { $origin }
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
personal-data-email = this text holds an e-mail address: name a function, a public office or an organisation instead; a person's contact details belong to their account, never to the ledger
personal-data-phone = this text holds a telephone number: name a function, a public office or an organisation instead; a person's contact details belong to their account, never to the ledger
personal-data-identity = this text holds what looks like the number of an identity card, a passport or a residence card: write a number of people, a function or an organisation instead
personal-data-birth = this text holds a date of birth: write a number of people or a group of ages instead
text-language-twice = a text has at most one wording in a language
date-invalid = “{ $written }” is no day: write 2020-05-01
date-time-invalid = “{ $written }” is no instant: write 2020-05-01T09:00:00Z
effective-invalid = “{ $written }” is no date: write 2018, 2020-01, 2020-05-01, 2024-02-05/2024-03-20 or unknown
uuid-invalid = “{ $written }” is no id (UUID)
territory-unknown = “{ $written }” is no territory: ids read like region-souss-massa or commune-belfaa
sector-unknown = “{ $written }” is no sector: write a code of the DAC in five digits, as in 15190
goal-unknown = “{ $written }” is no sustainable development goal known here: write 10, 10.7 or 10.c
period-reversed = the period ends before it begins
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
programme-no-sector = name at least one sector: goals alone do not say what it is about
programme-classified-twice = a sector or a goal is named twice
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
intervention-no-sector = name at least one sector: goals alone do not say what it is about
intervention-classified-twice = a sector or a goal is named twice
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
read-only = this ledger can only be read: { $refused }. Nothing is recorded and nothing signed until its operator puts the right copy back, or publishes the log under another name (tiwizi log new-origin)
refused-log-behind = it ends before what was published
refused-log-rewritten = it does not begin with what was published
refused-log-anchor-unproven = nothing proves that the last checkpoint that was kept is of this log
refused-log-key-of-another-log = the signing key is of another log
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

# Published log and receipts

receipt-sound = The receipt holds: event { $position } ({ $name }), recorded at { $at }, is in the log { $origin } of { $size } events
receipt-unproven = This receipt proves nothing: { $why }
receipt-unreadable = this file is no receipt in the format c2sp.org/tlog-proof@v1
receipt-key-unreadable = this is no key: it is written name+id+key, as at /log/key
unproven-no-entry = it does not hold the event
unproven-checkpoint-unreadable = its checkpoint cannot be read
unproven-checkpoint-unsigned = none of the given keys signed its checkpoint
unproven-signature-wrong = a signature of its checkpoint is wrong
unproven-other-log = its checkpoint is of the log { $origin }
unproven-not-included = the event is not at its place in the log that the checkpoint speaks of
log-file = { $path } cannot be read or written: { $why }
log-key-readable-by-others = others can read the secret key { $path }: chmod 600 it, then rotate the key
log-in-use = another process publishes the log that is kept in { $path }: stop it first
log-two-keys = two keys sign already: retire the old one first with “tiwizi log key retire { $key }”
log-key-rotated = New key: { $new }; the old one signs beside it once the server is started again: { $old }
log-key-taken-out = The key { $key } signs no more
log-key-signs-here = signs since event { $from } ({ $since }); its secret part is here
log-key-signs-elsewhere = signs since event { $from } ({ $since }); its secret part is not here
log-key-retired = signed from event { $from } ({ $since }) to event { $until } ({ $on })
log-key-unrecorded = signs here, and the ledger says nothing of it
log-origin-unfit = the name of a log is an address without a scheme, a space or a plus sign, as in tiwizi.example/souss-massa
log-origin-renewed = The log is published under { $origin }; what was kept of the old one stands beside it
served-read-only = { $why } — the ledger is served for reading alone. Where the right copy is lost, publish the log under another name: tiwizi log new-origin ORIGIN --reason …
log-no-key = { $path } holds no key of the log
log-key-of-another-log = the key is of the log { $key }, and the ledger is published as { $origin }
log-anchor-unproven = the last published checkpoint ({ $path }) is not of this log: { $why }
log-behind = the ledger ends at position { $head }, and { $published } events were published: it was put back to an older state. Restore the newest backup; the log is not signed before
log-rewritten = the first { $published } events of the ledger are not those that were published: the log is not signed

# CitizenInitiative
stage-received = received
stage-endorsed = endorsed
stage-referred = referred to the council
stage-answered = answered
citizen-initiative-not-received = the initiative has not been received yet
citizen-initiative-already-received = the initiative has been received already
citizen-initiative-out-of-turn = the initiative is { $stage }: this step is not possible any more, or not yet
citizen-initiative-nothing-signed = a number of signatures is above zero; leave it out where it is not declared
citizen-initiative-small-count = { $count } signatures below the province could point at persons: leave the number out, or give the province
citizen-initiative-already-endorsed = the actor has endorsed the initiative already
citizen-initiative-already-linked = the initiative has that deliberation already
citizen-initiative-before-reception = it cannot be on { $on }, before the initiative was received ({ $received })
citizen-initiative-nothing-corrected = a correction changes something
citizen-initiative-too-many = at most { $max } of them

# Deliberation
stage-tabled = tabled
stage-postponed = postponed
stage-rejected = rejected
deliberation-not-tabled = the deliberation has not been tabled yet
deliberation-already-tabled = the deliberation has been tabled already
deliberation-out-of-turn = the deliberation is { $stage }: this step is not possible any more, or not yet
deliberation-not-adopted = the deliberation is { $stage }: only an adopted one bears this
deliberation-not-decided = the deliberation is { $stage }: the council has not said yes, no or later
deliberation-runs-backwards = it cannot be on { $on }, before what came first ({ $previous })
deliberation-postponed-backwards = a matter cannot be postponed until { $until }, before { $on }
deliberation-more-votes-than-voters = { $cast } votes and abstentions are more than the { $voters } who could vote
deliberation-more-present-than-members = { $present } present are more than the council's { $members } members
deliberation-quorum-out-of-reach = a quorum of { $quorum } is more than the council's { $members } members
deliberation-no-quorum = { $present } present are fewer than the quorum of { $quorum }: the council cannot decide
deliberation-no-majority = { $in_favour } in favour and { $against } against do not adopt
deliberation-majority-in-favour = { $in_favour } in favour and { $against } against do not reject
deliberation-votes-out-of-range = votes must stay below 9,007,199,254,740,992
deliberation-nothing-corrected = a correction changes something

# TerritorialPlan
stage-preparing = being prepared
stage-in-force = in force
stage-revised = revised
stage-expired = expired
kind-communal-action-plan = communal action plan
kind-migration-roadmap = communal roadmap on migration
kind-provincial-plan = provincial plan
kind-regional-plan = regional plan
level-country = the country
level-region = a region
level-province = a province or prefecture
level-commune = a commune
territorial-plan-not-started = the plan has not been started yet
territorial-plan-already-started = the plan has been started already
territorial-plan-out-of-turn = the plan is { $stage }: this step is not possible any more, or not yet
territorial-plan-kind-does-not-fit = { $level } has no plan of this sort: { $kind }
territorial-plan-period-reversed = the period ends ({ $to }) before it begins ({ $from })
territorial-plan-runs-backwards = it cannot be on { $on }, before what came first ({ $previous })
territorial-plan-unknown-act = the deliberation that adopts the plan is not in the ledger
territorial-plan-act-not-adopted = a plan is adopted by an adopted deliberation, and this one is { $stage }
territorial-plan-duplicate-objective = the plan has that objective already
territorial-plan-unknown-objective = the plan has no such objective
territorial-plan-duplicate-action = the plan has that action already
territorial-plan-unknown-action = the plan has no such action
territorial-plan-other-objective = that action serves another objective
territorial-plan-already-linked = the intervention is linked in that way already
territorial-plan-no-mainstreaming = the plan is not said to take migration in
territorial-plan-mainstreaming-annulled-already = that record of mainstreaming has been annulled already
territorial-plan-nothing-corrected = a correction changes something
territorial-plan-too-many = at most { $max } of them

# ServiceUnit
service-rights = access to rights
service-care = access to care
service-information = information and orientation
service-unit-not-decided = the service unit has not been decided yet
service-unit-already-decided = the service unit has been decided already
service-unit-annulled = the service unit was annulled: nothing is recorded of it any more
service-unit-out-of-turn = the service unit is { $stage }: this step is not possible any more, or not yet
service-unit-out-of-order = it cannot be on { $on }, before what came before it ({ $before })
service-unit-not-offered = the service unit does not offer this service: { $service }
service-unit-service-twice = this service stands there twice: { $service }
service-unit-service-counted = months were counted for this service, it cannot be left out: { $service }
service-unit-duplicate-referral = the service unit has that referral agreement already
service-unit-unknown-referral = the service unit has no such referral agreement
service-unit-already-agreed = an agreement of this sort with this partner is in force: it must end first
service-unit-referral-over = the referral agreement ended already: { $to }
service-unit-ends-before-start = it would end ({ $to }) before it begins ({ $from })
service-unit-not-a-month = visits are counted by the month, which { $month } is not: write 2025-03
service-unit-in-the-future = { $month } has not begun
service-unit-before-opening = { $month } is before the opening ({ $opened })
service-unit-after-closing = { $month } is after the closing ({ $closed })
service-unit-already-reported = { $month } was counted already: correct it
service-unit-not-reported = { $month } was not counted
service-unit-nothing-counted = a month counts at least one service; where nobody came, write a count of zero
service-unit-more-referred-than-received = { $service }: { $referred } sent on is more than the { $received } who came
service-unit-nothing-corrected = the correction changes nothing
service-unit-too-many = at most { $max } of them

# CoordinationBody
stage-constituted = constituted
coordination-body-not-constituted = the body has not been constituted yet
coordination-body-already-constituted = the body has been constituted already
coordination-body-annulled = the body was annulled: nothing is recorded of it any more
coordination-body-out-of-turn = the body is { $stage }: this step is not possible any more
coordination-body-second-chair = the body is chaired by { $chair } at that time: that membership must end first
coordination-body-already-sits = the actor has that seat already
coordination-body-duplicate-membership = the body has that membership already
coordination-body-unknown-membership = the body has no such membership
coordination-body-membership-over = the membership ended already: { $to }
coordination-body-ends-before-start = it would end ({ $to }) before it begins ({ $from })
coordination-body-nothing-corrected = the correction changes nothing
coordination-body-too-many = at most { $max } of them

# Meeting
stage-convened = convened
stage-held = held
stage-minuted = minuted
stage-approved = approved
meeting-not-convened = the meeting has not been convened yet
meeting-already-convened = the meeting has been convened already
meeting-annulled = the meeting was annulled: nothing is recorded of it any more
meeting-body-does-not-stand = the body is dissolved or annulled: it cannot be called together
meeting-out-of-turn = the meeting is { $stage }: this step is not possible any more, or not yet
meeting-attends-twice = an actor attends once
meeting-duplicate-decision = the meeting has that decision already
meeting-unknown-decision = the meeting has taken no such decision
meeting-duplicate-action = the meeting has assigned that action already
meeting-unknown-action = the meeting has assigned no such action
meeting-action-closed = the action is closed already
meeting-nothing-moved = the action is due on { $due } already
meeting-due-before-meeting = { $due } is before the meeting ({ $held }): nothing can be due then
meeting-before-meeting = it cannot be on { $on }, before the meeting ({ $held })
meeting-approved-before-written = minutes cannot be approved on { $on }, before they are written ({ $written })
meeting-nothing-corrected = the correction changes nothing
meeting-too-many = at most { $max } of them

# CapitalisationItem
capitalisation-item-not-drafted = the item has not been drafted yet
capitalisation-item-already-drafted = the item has been drafted already
capitalisation-item-out-of-turn = the item is { $stage }: this step is not possible any more, or not yet
capitalisation-item-nothing-linked = name a document or an event of this ledger that shows it
capitalisation-item-already-linked = this document or event is linked to the item already
capitalisation-item-reviewed-by-author = who reviews an item must not be who wrote it
capitalisation-item-no-evidence = link a document or an event that shows it before the item is published
capitalisation-item-no-consent = people can be recognised in it: give the reference of their consent
capitalisation-item-superseded-by-itself = an item cannot take its own place
capitalisation-item-successor-not-published = the item that takes its place must be published
capitalisation-item-nothing-corrected = the correction changes nothing
capitalisation-item-too-many = at most { $max } interventions, territories, sectors, groups or pieces of evidence
stage-draft = a draft
stage-reviewed = reviewed
stage-published = published
stage-superseded = superseded

# TrainingCohort
stage-planned = planned
training-cohort-not-planned = the training has not been planned yet
training-cohort-already-planned = the training has been planned already
training-cohort-out-of-turn = the training is { $stage }: this step is not possible any more, or not yet
training-cohort-already-completed = the completion was recorded already: somebody else than who did so may correct it
training-cohort-ends-before-start = it would end ({ $to }) before it begins ({ $from })
training-cohort-completed-before-session = it would be completed ({ $on }) before one of its sessions ({ $session })
training-cohort-in-the-future = { $on } is in the future: record what has happened
training-cohort-no-places = a training has at least one place; leave the places out where they are not known
training-cohort-does-not-add-up = { $parts } counted and { $unknown } unknown do not add up to the total, { $total }
training-cohort-small-cell = a count of { $count } below province could point at persons: record the training for the province, or count them as unknown
training-cohort-overlapping-parts = two counts speak of the same people: each is counted in one part
training-cohort-more-completed-than-enrolled = { $completed } cannot complete what { $enrolled } began
training-cohort-corrected-by-recorder = who corrects the counts must not be who recorded them
training-cohort-nothing-corrected = the correction changes nothing
training-cohort-too-many = at most { $max } of them

# AwarenessAction
awareness-action-not-planned = the action has not been planned yet
awareness-action-already-planned = the action has been planned already
awareness-action-out-of-turn = the action is { $stage }: this step is not possible any more, or not yet
awareness-action-already-completed = the completion was recorded already: somebody else than who did so may correct it
awareness-action-ends-before-start = it would end ({ $to }) before it begins ({ $from })
awareness-action-completed-before-session = it would be completed ({ $on }) before one of its sessions ({ $session })
awareness-action-in-the-future = { $on } is in the future: record what has happened
awareness-action-does-not-add-up = { $parts } counted and { $unknown } unknown do not add up to the total, { $total }
awareness-action-small-cell = a count of { $count } below province could point at persons: record the action for the province, or count them as unknown
awareness-action-overlapping-parts = two counts speak of the same people: each is counted in one part
awareness-action-corrected-by-recorder = who corrects the count must not be who recorded it
awareness-action-nothing-corrected = the correction changes nothing
awareness-action-too-many = at most { $max } of them

# MobilityMap
stage-validated = validated
mobility-map-not-drafted = the map has not been drafted yet
mobility-map-already-drafted = the map has been drafted already
mobility-map-out-of-turn = the map is { $stage }: this step is not possible any more, or not yet
mobility-map-duplicate-opportunity = the map has that opportunity already
mobility-map-unknown-opportunity = the map has no such opportunity
mobility-map-opportunity-expired = the opportunity expired already
mobility-map-in-the-future = { $on } is in the future: record what has happened
mobility-map-closed-before-verified = it closed ({ $closes }) before it was checked ({ $on }): it is no opportunity any more
mobility-map-verified-since = it was checked on that day or since: { $verified_on }
mobility-map-validated-by-drafter = who validates a map must not be who drafted it
mobility-map-nothing-open = no opportunity of the map is open: there is nothing to publish
mobility-map-expired-before-publication = the map cannot be out of date on { $on }, before its publication ({ $published })
mobility-map-nothing-corrected = the correction changes nothing
mobility-map-too-many = at most { $max } of them

# MobilityPlacement
stage-proposed = proposed
stage-departed = away
stage-came-back = back
stage-ended = ended
mobility-placement-not-proposed = the placement has not been proposed yet
mobility-placement-already-proposed = the placement has been proposed already
mobility-placement-out-of-turn = the placement is { $stage }: this step is not possible any more, or not yet
mobility-placement-already-departed = the departure was recorded already: somebody else than who did so may correct it
mobility-placement-unknown-map = there is no such map, or it was annulled
mobility-placement-unknown-opportunity = the map has no such opportunity
mobility-placement-opportunity-without-map = an opportunity is one of a map: name the map too
mobility-placement-other-country = the map is of { $mapped }, not of { $proposed }
mobility-placement-other-pathway = the map names that way as another pathway
mobility-placement-no-places = a placement has at least one place
mobility-placement-nobody-departed = a departure is of at least one person; end what nobody takes up
mobility-placement-more-departed-than-places = { $departed } cannot leave on { $places } places
mobility-placement-more-returned-than-departed = { $returned } cannot come back of { $departed } who left
mobility-placement-fewer-returned = { $before } were back already: { $returned } in all is not more
mobility-placement-before-departure = { $on } is before the departure, { $departed }
mobility-placement-in-the-future = { $on } is in the future: record what has happened
mobility-placement-does-not-add-up = { $parts } counted and { $unknown } unknown do not add up to the total, { $total }
mobility-placement-small-cell = a count of { $count } below province could point at persons: record the placement for the province, or count them as unknown
mobility-placement-overlapping-parts = two counts speak of the same people: each is counted in one part
mobility-placement-corrected-by-recorder = who corrects the count must not be who recorded it
mobility-placement-nothing-corrected = the correction changes nothing
mobility-placement-too-many = at most { $max } of them

# Sourcing
sourcing-unknown-subject-type = the ledger keeps no such sort of thing
sourcing-other-subject = these sources are about another subject
sourcing-already-attributed = this source is known for this event already
sourcing-duplicate-conflict = this disagreement is recorded already
sourcing-unknown-conflict = there is no such disagreement
sourcing-too-few-claims = a disagreement takes two claims or more
sourcing-claims-agree = the claims all say the same: there is no disagreement
sourcing-same-source = two claims are read in the same place: say where in the source each of them stands
sourcing-duplicate-claim = this claim is recorded already
sourcing-unknown-claim = the disagreement has no such claim
sourcing-claim-or-value = name the claim that holds, or say what holds instead: one of the two
sourcing-already-settled = the disagreement is settled already; a new claim opens it again
sourcing-too-many = at most { $max }

# Data quality
topic-name = the name
topic-dates = the dates
topic-amount = the amount
topic-count = the number
topic-role = the roles
topic-place = the place
topic-status = the status
topic-other = something else
issue-sources-disagree = sources disagree about { $topic }, and nobody has settled it since { $since }
issue-past-its-end = said to go on although its planned end has passed: since { $since }, { $days } days
issue-amount-missing = no amount is declared, which is not zero; known since { $since }
issue-dates-outside-parent = begins before the programme that it is part of, or ends after it
issue-commitment-stale = its due date has passed and nothing was recorded since { $since }, { $days } days
issue-lead-missing = nobody leads it since { $since }
issue-report-overdue = the target was due and nothing was reported: overdue since { $since }
issue-consent-withdrawn = published although people withdrew their consent, on { $since }
