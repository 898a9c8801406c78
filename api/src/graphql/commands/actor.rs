//! The mutations of actors, their mandates and their keys.
use std::collections::BTreeSet;

use domain::actor::{Actor, Command, KeyAlgorithm, Kind};
use domain::ids::{ActorId, KeyId, MandateId, UserId};
use domain::permission::Power;
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Country, Language, Name, Note};
use jiff::civil::Date;

use super::commands;
use super::desk::Desk;
use super::inputs::{IdentifierInput, Words};
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

/// Another actor that goes by `name`, however it is spelt.
fn taken_by(desk: &Desk<'_>, name: &Name, itself: ActorId) -> Option<ActorId> {
    let own = desk.models.actors.identities(itself);
    desk.models.actors.named(name.as_str()).find(|it| !own.contains(it))
}

commands! {
    |desk, id| Actor(ActorId) as actor: Seen<projections::actors::Actor>, ActorMutation, ActorPayload;

    /// A body enters the directory.
    actor_register: ActorRegisterInput => Register {
        /// Its name.
        name: Given<Name>,
        /// What sort of body it is.
        kind: Choice<Kind>,
        /// Where it has its seat.
        country: Given<Country>,
        /// Which territory it belongs to.
        territory: Option<Given<TerritoryId>>,
        /// Its codes elsewhere.
        #[graphql(default)]
        identifiers: Vec<IdentifierInput>,
        /// Another actor has this name, and this one is not the same: said on purpose.
        #[graphql(default)]
        homonym: bool,
    } with { taken_by: taken_by(desk, &name, id) };

    /// Another name, or another spelling.
    actor_add_alias: ActorAddAliasInput => AddAlias of actor {
        /// The name.
        alias: Given<Name>,
        /// In which language.
        language: Option<Choice<Language>>,
        /// Another actor has this name, and this one is not the same: said on purpose.
        #[graphql(default)]
        homonym: bool,
    } with { taken_by: taken_by(desk, &alias, id) };

    /// Two entries of the directory are one actor.
    actor_merge: ActorMergeInput => Merge of actor {
        /// The entry that stays.
        into: Given<ActorId>,
        /// Why.
        reason: Words<Note>,
    } with { itself: id };

    /// It takes no part for a time.
    actor_suspend: ActorSuspendInput => Suspend of actor {
        /// Why.
        reason: Words<Note>,
    };

    /// It takes part again.
    actor_reinstate: ActorReinstateInput => Reinstate of actor {
        /// Why.
        reason: Words<Note>,
    };

    /// It is no more.
    actor_dissolve: ActorDissolveInput => Dissolve of actor {
        /// Why.
        reason: Words<Note>,
    };

    /// Somebody may act for it.
    actor_grant_mandate: ActorGrantMandateInput => GrantMandate of actor {
        /// Who.
        holder: Given<UserId>,
        /// What they may do.
        powers: BTreeSet<Choice<Power>>,
        /// From which day.
        from: Given<Date>,
        /// Until which day, included.
        until: Option<Given<Date>>,
    } adds mandate: MandateId;

    /// They may not any more.
    actor_revoke_mandate: ActorRevokeMandateInput => RevokeMandate of actor {
        /// Which mandate.
        mandate: Given<MandateId>,
        /// Why.
        reason: Words<Note>,
    };

    /// A public key signs for it.
    actor_enrol_key: ActorEnrolKeyInput => EnrolKey of actor {
        /// How it signs.
        algorithm: Choice<KeyAlgorithm>,
        /// The key.
        public_key: Given<Name>,
    } adds key: KeyId;

    /// The key signs no more.
    actor_revoke_key: ActorRevokeKeyInput => RevokeKey of actor {
        /// Which key.
        key: Given<KeyId>,
        /// Why.
        reason: Words<Note>,
    };

    /// It was written down wrongly; what is left out stays as it was.
    actor_correct: ActorCorrectInput => Correct of actor {
        /// The name that it is registered under.
        name: Option<Given<Name>>,
        /// What sort of body it is.
        kind: Option<Choice<Kind>>,
        /// Where it has its seat.
        country: Option<Given<Country>>,
        /// Which territory it belongs to.
        territory: Option<Given<TerritoryId>>,
        /// Its codes elsewhere.
        identifiers: Option<Vec<IdentifierInput>>,
        /// Another actor has this name, and this one is not the same: said on purpose.
        #[graphql(default)]
        homonym: bool,
        /// Why.
        reason: Words<Note>,
    }
    corrects { registered(desk, id) }
    with { taken_by: name.as_ref().and_then(|name| taken_by(desk, name, id)) };

    /// It never had that name.
    actor_withdraw_alias: ActorWithdrawAliasInput => WithdrawAlias of actor {
        /// The name, as it was written.
        alias: Given<Name>,
        /// Why.
        reason: Words<Note>,
    } corrects { named(desk, id, &alias) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    actor_annul: ActorAnnulInput => Annul of actor {
        /// Why.
        reason: Words<Note>,
    } corrects { registered(desk, id) } with { by: desk.actor, today: desk.today };
}

fn registered(desk: &Desk<'_>, id: ActorId) -> Option<Position> {
    desk.models.actors.get(id).map(|it| it.registered.position)
}

fn named(desk: &Desk<'_>, id: ActorId, alias: &Name) -> Option<Position> {
    let known = desk.models.actors.get(id)?;
    known.names.iter().rfind(|it| *it.name == *alias).map(|it| it.stamp.position)
}
