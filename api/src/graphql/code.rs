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
    /// A cursor is not of this list.
    CursorInvalid,
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
    /// A parameter has the wrong type.
    ParameterInvalid,
    /// The operation took too long.
    TimedOut,
    /// A subscription is asked for, and no stream is accepted.
    SubscriptionNotStreamed,
    /// A subscription asks for several things, or for one under conditions.
    SubscriptionOneField,
    /// Where a stream stopped is no position.
    LastEventIdInvalid,
    /// As many streams are open as one process keeps.
    TooManyStreams,
}

impl Code {
    /// As callers read it: `TEXT_TOO_LONG`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
