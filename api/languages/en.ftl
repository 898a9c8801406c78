text-empty = write at least one character

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
