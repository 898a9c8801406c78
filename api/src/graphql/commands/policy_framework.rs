//! The mutations of policy frameworks.
use domain::effective::Effective;
use domain::ids::{ActorId, AxisId, PolicyFrameworkId};
use domain::policy_framework::{Command, PolicyFramework};
use domain::recorded::Position;
use domain::text::{Name, Note, Title};

use super::commands;
use super::desk::Desk;
use super::inputs::Words;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| PolicyFramework(PolicyFrameworkId) as policy_framework: Seen<projections::frameworks::Framework>,
    PolicyFrameworkMutation, PolicyFrameworkPayload;

    /// A strategy holds from now on.
    policy_framework_adopt: PolicyFrameworkAdoptInput => Adopt {
        /// Its title.
        title: Words<Title>,
        /// Its initials, where people use them.
        acronym: Option<Given<Name>>,
        /// Who adopted it, where that is an actor here.
        by: Option<Given<ActorId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// One axis of it.
    policy_framework_define_axis: PolicyFrameworkDefineAxisInput => DefineAxis of policy_framework {
        /// Its title.
        title: Words<Title>,
    } adds axis: AxisId;

    /// It holds no more.
    policy_framework_supersede: PolicyFrameworkSupersedeInput => Supersede of policy_framework {
        /// What holds instead.
        successor: Option<Given<PolicyFrameworkId>>,
        /// Why.
        reason: Words<Note>,
    } with { itself: id };

    /// It was written down wrongly; what is left out stays as it was.
    policy_framework_correct: PolicyFrameworkCorrectInput => Correct of policy_framework {
        /// Its title.
        title: Option<Words<Title>>,
        /// Its initials.
        acronym: Option<Given<Name>>,
        /// Who adopted it.
        by: Option<Given<ActorId>>,
        /// When it was adopted.
        on: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { adopted(desk, id) };

    /// An axis was written down wrongly.
    policy_framework_correct_axis: PolicyFrameworkCorrectAxisInput => CorrectAxis of policy_framework {
        /// Which axis.
        axis: Given<AxisId>,
        /// In short.
        title: Words<Title>,
        /// Why.
        reason: Words<Note>,
    } corrects { defined(desk, id, axis) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    policy_framework_annul: PolicyFrameworkAnnulInput => Annul of policy_framework {
        /// Why.
        reason: Words<Note>,
    } corrects { adopted(desk, id) } with { by: desk.actor, named_by: named_by(desk, id) };
}

fn adopted(desk: &Desk<'_>, id: PolicyFrameworkId) -> Option<Position> {
    desk.models.frameworks.get(id).map(|it| it.adopted.position)
}

fn defined(desk: &Desk<'_>, id: PolicyFrameworkId, axis: AxisId) -> Option<Position> {
    let known = desk.models.frameworks.get(id)?;
    known.axes.iter().find(|it| it.id == axis).map(|it| it.defined.position)
}

/// How many programmes align with it.
fn named_by(desk: &Desk<'_>, id: PolicyFrameworkId) -> usize {
    desk.models.programmes.following(id).count()
}
