//! The mutations of documents.
use domain::document::{Command, Digest, Document};
use domain::effective::Effective;
use domain::ids::DocumentId;
use domain::measure::Quantity;
use domain::recorded::Position;
use domain::text::{Language, Name, Note, Title};

use super::commands;
use super::desk::Desk;
use super::inputs::Words;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| Document(DocumentId) as document: Seen<projections::documents::Document>, DocumentMutation, DocumentPayload;

    /// A file or a page is named. The file itself stays outside the ledger.
    document_register: DocumentRegisterInput => Register {
        /// Its title.
        title: Words<Title>,
        /// The SHA-256 of the file.
        sha256: Option<Given<Digest>>,
        /// Its size in bytes.
        bytes: Option<Given<Quantity>>,
        /// Its media type: `application/pdf`.
        media_type: Option<Given<Name>>,
        /// The language that it is written in.
        language: Option<Choice<Language>>,
        /// Where it can be read.
        address: Option<Given<Name>>,
        /// When it was published.
        published: Given<Effective>,
    } on published;

    /// An actor vouches for it.
    document_attest: DocumentAttestInput => Attest of document {
        /// In words.
        statement: Words<Note>,
    } with { by: desk.actor };

    /// People seen in it do not agree any more.
    document_withdraw_consent: DocumentWithdrawConsentInput => WithdrawConsent of document {
        /// Why.
        reason: Words<Note>,
    };

    /// It was written down wrongly; what is left out stays as it was.
    document_correct: DocumentCorrectInput => Correct of document {
        /// Its title.
        title: Option<Words<Title>>,
        /// The digest of the file, where none was known.
        sha256: Option<Given<Digest>>,
        /// The size of the file, in bytes, where none was known.
        bytes: Option<Given<Quantity>>,
        /// The sort of file (RFC 6838).
        media_type: Option<Given<Name>>,
        /// The language it is written in.
        language: Option<Choice<Language>>,
        /// Where it can be read.
        address: Option<Given<Name>>,
        /// When it was published.
        published: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { registered(desk, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    document_annul: DocumentAnnulInput => Annul of document {
        /// Why.
        reason: Words<Note>,
    } corrects { registered(desk, id) } with { by: desk.actor };
}

fn registered(desk: &Desk<'_>, id: DocumentId) -> Option<Position> {
    desk.models.documents.get(id).map(|it| it.registered.position)
}
