//! The mutations of policy frameworks.
use domain::effective::Effective;
use domain::ids::{ActorId, AxisId, PolicyFrameworkId};
use domain::policy_framework::{Command, PolicyFramework};
use domain::text::{Name, Note, Title};

use super::commands;
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
}
