//! What the door itself has to say against a request, beside what rules refuse.
use strum::{IntoStaticStr, VariantNames};

/// A stable code. Its message is kept under the same name in `api/languages`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    /// An id names nothing here.
    UnknownReference,
    /// What the request names is not there.
    NotFound,
    /// A text has no character.
    TextEmpty,
    /// A text has too many characters.
    TextTooLong,
    /// A text has characters that no reader can see.
    TextUnprintable,
    /// A text holds an e-mail address.
    PersonalDataEmail,
    /// A text holds a telephone number.
    PersonalDataPhone,
    /// A text holds the number of a person's card or passport.
    PersonalDataIdentity,
    /// A text holds a date of birth.
    PersonalDataBirth,
    /// A text has two wordings in one language.
    TextLanguageTwice,
    /// A text is no day.
    DateInvalid,
    /// A text is no instant.
    DateTimeInvalid,
    /// A text is no date of any precision.
    EffectiveInvalid,
    /// A text is no id.
    UuidInvalid,
    /// A text is no territory.
    TerritoryUnknown,
    /// A text is no sector's code.
    SectorUnknown,
    /// A text is no goal's code.
    GoalUnknown,
    /// A period ends before it begins.
    PeriodReversed,
    /// A text is no country.
    CountryInvalid,
    /// A text is no SHA-256 hash.
    HashInvalid,
    /// A number has more digits than JSON readers keep.
    NumberOutOfRange,
    /// A quantity is below zero, or has too many digits.
    QuantityOutOfRange,
    /// A page has too many entries, or none.
    PageSizeInvalid,
    /// A page is asked for from both ends.
    PageBothWays,
    /// A list is asked for in too many orders.
    OrdersTooMany,
    /// A list is grouped by nothing, or by too many things.
    DimensionsInvalid,
    /// A list has too many groups.
    GroupsTooMany,
    /// A filter holds others where no list is asked for.
    FilterForListsAlone,
    /// A filter holds too many others.
    FilterTooLarge,
    /// A cursor is not of this list.
    CursorInvalid,
    /// The ledger does not reach the position that the request waits for.
    PositionNotReached,
    /// The ledger does not reach that position.
    PositionBeyondHead,
    /// The header that says who acts has another form.
    ActingUnreadable,
    /// The header that says who acts may come from another machine.
    ActingNotLocal,
    /// Others changed the same records, again and again.
    Conflict,
    /// The command id stands for another command.
    IdempotencyMismatch,
    /// More is asked at once than one process answers.
    RateLimited,
    /// Something failed here.
    Internal,
    /// An event is longer than the ledger takes.
    LedgerEventTooLarge,
    /// The command causes no event.
    LedgerNothingToRecord,
    /// No space is left.
    LedgerDiskFull,
    /// The database cannot be reached.
    LedgerDatabaseAway,
    /// Nobody knows whether the command was recorded.
    LedgerOutcomeUnknown,
    /// The ledger is closed, or open for reading alone.
    LedgerNotWritable,
    /// The ledger and what was published of it disagree.
    ReadOnly,
    /// The caller accepts none of the media types that there are.
    MediaNotAcceptable,
    /// The body is not said to be JSON.
    MediaNotSupported,
    /// Neither GET nor POST.
    MethodNotAllowed,
    /// GET is for questions.
    MutationByGet,
    /// It is not JSON.
    JsonInvalid,
    /// The body is too long.
    BodyTooLarge,
    /// Several operations at once.
    BatchNotSupported,
    /// No operation is given.
    QueryMissing,
    /// The operation is not GraphQL.
    QueryUnreadable,
    /// No document with that digest is kept: the caller sends it again with its text.
    PersistedQueryNotFound,
    /// The document has another digest.
    PersistedQueryMismatch,
    /// The extension that names a document by its digest has another form.
    PersistedQueryInvalid,
    /// A parameter has the wrong type.
    ParameterInvalid,
    /// The operation took too long.
    TimedOut,
    /// The document has too many bytes.
    QueryTooLong,
    /// The document nests too deep.
    QueryTooDeep,
    /// The document has too many selections.
    QueryTooWide,
    /// The document has too many aliases.
    QueryTooManyAliases,
    /// One place of the document has too many directives.
    QueryTooManyDirectives,
    /// The operation costs too much.
    QueryTooComplex,
    /// The operation is not valid, for a reason that has no code of its own.
    QueryInvalid,
    /// A type has no such field.
    UnknownField,
    /// A field or a directive has no such argument.
    UnknownArgument,
    /// There is no such directive.
    UnknownDirective,
    /// There is no such fragment.
    UnknownFragment,
    /// There is no such type.
    UnknownType,
    /// The document has no such operation.
    UnknownOperation,
    /// The document has several operations and none is named.
    OperationNameMissing,
    /// A field of an object is asked for without saying which of its fields.
    SubfieldsMissing,
    /// A field that is no object is asked for its fields.
    SubfieldsSuperfluous,
    /// A field or a directive lacks an argument.
    ArgumentMissing,
    /// A value is of another type than its argument.
    ValueMismatched,
    /// A value of an operation that is being executed cannot be read.
    ValueUnreadable,
    /// An enum has no such value.
    EnumValueUnknown,
    /// An input object lacks a field.
    InputFieldMissing,
    /// An input object has no such field.
    InputFieldUnknown,
    /// Of several fields, not exactly one is given.
    OneFieldWanted,
    /// An argument, a variable or a directive stands twice.
    GivenTwice,
    /// A variable is used and not defined, or has no value.
    VariableUndefined,
    /// A variable is defined and not used.
    VariableUnused,
    /// A variable is of a type that is no input.
    VariableNotInput,
    /// A fragment spreads itself.
    FragmentCycle,
    /// A fragment is defined and not used.
    FragmentUnused,
    /// A fragment stands where no object is ever of its type.
    FragmentImpossible,
    /// A fragment is on a type that has no fields.
    FragmentNotComposite,
    /// A directive stands where it may not.
    DirectiveMisplaced,
    /// Two fields of one name in the answer differ.
    FieldsConflict,
    /// A subscription is asked for, and no stream is accepted.
    SubscriptionNotStreamed,
    /// A subscription asks for several things, or for one under conditions.
    SubscriptionOneField,
    /// Where a stream stopped is no position.
    LastEventIdInvalid,
    /// As many streams are open as one process keeps.
    TooManyStreams,
    /// No tile of the published log has that path.
    LogPathUnknown,
    /// The log is not published that far.
    LogNotPublished,
    /// Between two such sizes of the log nothing is proven.
    LogSizesInvalid,
    /// No quorum of witnesses vouches for the log.
    LogNotWitnessed,
    /// No receipt has that name.
    ReceiptPathUnknown,
    /// The log has no such event, or does not publish it yet.
    EventNotPublished,
    /// No time stamp has that name.
    StampPathUnknown,
    /// A checkpoint has no time stamp.
    StampMissing,
    /// A page of the time stamps is asked for by what is no number.
    StampsPageInvalid,
}

impl Code {
    /// As callers read it: `TEXT_TOO_LONG`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
