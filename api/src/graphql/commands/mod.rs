//! The mutations: one for every command of every aggregate, one file an aggregate.
//!
//! ```text
//! input ─▶ desk: read each field, collect problems ─▶ command ─▶ App::submit ─▶ payload
//! ```
//!
//! The table in each file is written in the terms of [`commands!`].
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::{Context, InputObject, InputType, MergedObject};
use domain::aggregate::Decider;
use domain::effective::Effective;
use domain::ids::{CommandId, UserId};
use domain::permission::Needs;
use domain::recorded::{CommandRef, Position, Provenance};
use serde::Serialize;
use uuid::Uuid;

use self::desk::Desk;
use self::inputs::SourceInput;
use super::fault::Fault;
use super::payload::{Answer, Recorded};
use super::reading::Reading;
use super::scalars::Given;
use crate::acting::{Claimed, Holder};
use crate::app::{App, Rejected, Request};
use crate::publication::Publication;

mod actor;
mod awareness_action;
mod capitalisation_item;
mod citizen_initiative;
mod commitment;
mod coordination_body;
mod deliberation;
pub mod desk;
mod document;
pub mod figures;
mod funding_call;
mod funding_request;
mod headcount;
mod indicator;
pub mod inputs;
mod intervention;
mod meeting;
mod mobility_map;
mod mobility_placement;
mod policy_framework;
mod programme;
mod service_unit;
mod sourcing;
mod territorial_plan;
mod training_cohort;

/// Everything that can be done: one object an aggregate, in groups, because each object of one list is
/// nested in the one before it.
#[derive(MergedObject, Default)]
pub struct Mutation(RecordsMutations, CouncilsMutations, PeopleMutations, KnowledgeMutations);

/// Actors, programmes, works, money and promises.
#[derive(MergedObject, Default)]
pub struct RecordsMutations(
    actor::ActorMutation,
    policy_framework::PolicyFrameworkMutation,
    programme::ProgrammeMutation,
    indicator::IndicatorMutation,
    intervention::InterventionMutation,
    funding_call::FundingCallMutation,
    funding_request::FundingRequestMutation,
    commitment::CommitmentMutation,
);

/// What councils and other bodies decide and plan.
#[derive(MergedObject, Default)]
pub struct CouncilsMutations(
    citizen_initiative::CitizenInitiativeMutation,
    deliberation::DeliberationMutation,
    territorial_plan::TerritorialPlanMutation,
    coordination_body::CoordinationBodyMutation,
    meeting::MeetingMutation,
);

/// Whom it reaches.
#[derive(MergedObject, Default)]
pub struct PeopleMutations(
    service_unit::ServiceUnitMutation,
    training_cohort::TrainingCohortMutation,
    awareness_action::AwarenessActionMutation,
    mobility_map::MobilityMapMutation,
    mobility_placement::MobilityPlacementMutation,
);

/// What is known, from where, and what was learnt.
#[derive(MergedObject, Default)]
pub struct KnowledgeMutations(
    document::DocumentMutation,
    capitalisation_item::CapitalisationItemMutation,
    sourcing::SourcingMutation,
);

/// What every command says beside its own fields.
#[derive(InputObject, Clone, Debug)]
pub struct About {
    /// Made by the client, once for each command: a command sent again under the same id is
    /// recorded once and gets the first receipt.
    pub command_id: Given<CommandId>,
    /// When it was true in the world, where the command's own fields do not say it. Today, where
    /// nothing does.
    pub effective: Option<Given<Effective>>,
    /// Where it was read.
    pub source: Option<SourceInput>,
    /// The position of the event that it corrects or annuls.
    pub corrects: Option<Given<Position>>,
}

/// The input of one mutation.
pub trait Ask: InputType + 'static {
    /// What it says beside the command.
    fn about(&self) -> &About;

    /// What is asked for; nothing where `desk` has met a problem.
    fn ask(self, desk: &mut Desk<'_>) -> Option<Asked>;
}

/// What an input asks for.
pub struct Asked {
    /// The aggregate.
    pub id: Uuid,
    /// The part of it that the command adds.
    pub part: Option<Uuid>,
    /// When it was true, where the command's own fields say it.
    pub effective: Option<Effective>,
    /// The event that the command corrects or annuls, where the caller names none.
    pub corrects: Option<Position>,
    /// The command, or the commands, once it is known who says so and why.
    pub steps: Box<dyn FnOnce(Request) -> Request + Send>,
}

/// A request of one command.
fn one<A: Decider>(id: A::Id, command: A::Command) -> impl FnOnce(Request) -> Request + Send
where
    A::Id: 'static,
    A::Command: Needs + Clone + Serialize + Sync + 'static,
{
    move |request| request.step::<A>(id, command)
}

/// Takes `input` to the ledger and answers with the receipt, or with what is wrong.
async fn submit<A: Ask>(ctx: &Context<'_>, input: A) -> Result<Answer, Fault> {
    if let Some(Err(why)) = ctx.data_opt::<Publication>() {
        return Err(Fault::ReadOnly(*why));
    }
    let app = ctx.data_unchecked::<App>();
    let (models, today) = (app.now(), app.today());
    let claimed = ctx.data_opt::<Claimed>().copied().unwrap_or(Claimed::Nobody);
    let Holder { acting, user } = claimed.resolve(&models, today)?;
    let about = input.about().clone();
    let command = about.command_id.read().map_err(|it| Fault::BadUserInput(it.at("commandId")))?;
    let person = user.unwrap_or(UserId::from_u128(0));
    let mut desk = Desk::new(&models, (acting.actor, person), today, command);
    let own = desk.optional("effective", about.effective);
    let source = desk.optional("source", about.source);
    let corrects = desk.optional("corrects", about.corrects);
    let asked = input.ask(&mut desk);
    let problems = desk.problems();
    let Some(asked) = asked.filter(|_| problems.is_empty()) else {
        return Ok(Answer::Problems(problems));
    };
    let told = (acting.actor, acting.mandate, own, &source, corrects);
    let provenance = Provenance {
        effective: own.or(asked.effective).unwrap_or(Effective::Day(today)),
        actor: Some(acting.actor),
        mandate: Some(acting.mandate),
        user,
        // `Submission` fills the digest in.
        command: CommandRef { id: command, digest: [0; 16] },
        cause: None,
        source: source.clone(),
        corrects: corrects.or(asked.corrects),
    };
    let request = (asked.steps)(Request::new(provenance)).telling(&told);
    let receipt = match app.submit(Some(&acting), request).await {
        Ok(receipt) => receipt,
        Err(Rejected::Refused(refusal)) => return Ok(Answer::Problems(vec![refusal.into()])),
        Err(Rejected::Denied(denied)) => return Err(Fault::denied(denied)),
        Err(Rejected::CommandReused(command)) => return Err(Fault::IdempotencyMismatch(command)),
        Err(Rejected::Ledger(error)) => return Err(Fault::ledger(error)),
    };
    let models = app.now();
    if let Some(reading) = ctx.data_opt::<Arc<Reading>>() {
        reading.note(&models);
    }
    let recorded = Recorded { id: asked.id, part: asked.part, receipt, models };
    Ok(Answer::Recorded(Box::new(recorded)))
}

/// The name of an input's payload: `CommitmentOfferInput` is answered by `CommitmentOfferPayload`.
fn payload_name<A: Ask>() -> String {
    let input = A::type_name();
    format!("{}Payload", input.strip_suffix("Input").unwrap_or(&input))
}

/// A payload is generic over its input for the sake of its name alone.
type Of<A> = PhantomData<fn() -> A>;

/// The mutations of one aggregate, as a table.
///
/// The header names the values that the rows may use: the [`Desk`], and the aggregate's id. A row
///
/// ```text
/// commitment_add_milestone: CommitmentAddMilestoneInput => AddMilestone of commitment {
///     title: Text<Title>, due: Given<Date>,
/// } adds milestone: MilestoneId
/// ```
///
/// is the mutation, its input, and the command with those of its fields that the caller gives.
/// `of commitment` is the input field that names the aggregate; a command without it begins one,
/// whose id is derived from the command's. After the fields may stand, in this order:
/// `takes { field: Type }` for input fields that the command has in another form;
/// `stream { id }` for an aggregate whose id follows from the fields; `adds part: Id` for a field whose id is derived too; `gives field` for one whose id the caller
/// may leave to be derived; `on field` for the field that says when it was true;
/// `corrects { position }` for the event that it corrects or annuls, where the caller names none;
/// `with { by: desk.actor }` for the fields that the caller does not give; and
/// `by |command| steps` where the command takes more than one step.
macro_rules! commands {
    (
        |$desk:ident, $id:ident| $Aggregate:ident($Id:ident) as $noun:ident: $Object:ty,
        $Mutation:ident, $Payload:ident;
        $(
            $(#[$doc:meta])*
            $mutation:ident: $Input:ident => $Variant:ident $(of $target:ident)? {
                $($(#[$about:meta])* $field:ident: $Field:ty,)*
            }
            $(takes { $($(#[$also:meta])* $taken:ident: $Taken:ty),+ $(,)? })?
            $(stream $stream:block)?
            $(adds $part:ident: $PartId:ident)?
            $(gives $given:ident)?
            $(on $when:ident)?
            $(corrects $corrected:block)?
            $(with { $($extra:ident: $value:expr),+ $(,)? })?
            $(by |$command:ident| $steps:expr)?;
        )+
    ) => {
        $(
            $(#[$doc])*
            #[derive(async_graphql::InputObject, Clone, Debug)]
            pub struct $Input {
                /// What every command says.
                #[graphql(flatten)]
                about: $crate::graphql::commands::About,
                $(
                    /// Which one.
                    $target: $crate::graphql::scalars::Given<$Id>,
                )?
                $($(#[$about])* $field: $Field,)*
                $($($(#[$also])* $taken: $Taken,)+)?
            }

            impl $crate::graphql::commands::Ask for $Input {
                fn about(&self) -> &$crate::graphql::commands::About {
                    &self.about
                }

                fn ask(
                    self,
                    $desk: &mut $crate::graphql::commands::desk::Desk<'_>,
                ) -> Option<$crate::graphql::commands::Asked> {
                    let target = None$(.or(Some((stringify!($target), self.$target))))?;
                    let $id: Option<$Id> = $desk.target(stringify!($noun), target);
                    $(let $field = $desk.take(stringify!($field), self.$field);)*
                    $($(let $taken = $desk.take(stringify!($taken), self.$taken);)+)?
                    let $id = $id?;
                    $(let $field = $field?;)*
                    $($(let $taken = $taken?;)+)?
                    $(let _derived = $id; let $id: $Id = $stream;)?
                    $(let $part: $PartId = $desk.derived(stringify!($part));)?
                    $($(let $extra = $value;)+)?
                    let command = Command::$Variant {
                        $($field: $field.clone(),)*
                        $($part,)?
                        $($($extra,)+)?
                    };
                    let steps = commands!(@steps $Aggregate, $id, command $(, $command, $steps)?);
                    Some($crate::graphql::commands::Asked {
                        id: $id.into(),
                        part: None$(.or(Some($part.into())))?$(.or(Some($given.into())))?,
                        effective: None$(.or(Some($when)))?,
                        corrects: None$(.or($corrected))?,
                        steps: Box::new(steps),
                    })
                }
            }
        )+

        /// What became of a command.
        pub struct $Payload<A>(
            $crate::graphql::payload::Answer,
            $crate::graphql::commands::Of<A>,
        );

        impl<A: $crate::graphql::commands::Ask> async_graphql::TypeName for $Payload<A> {
            fn type_name() -> std::borrow::Cow<'static, str> {
                $crate::graphql::commands::payload_name::<A>().into()
            }
        }

        /// What became of a command.
        #[async_graphql::Object(name_type)]
        impl<A: $crate::graphql::commands::Ask> $Payload<A> {
            /// What the command was for, as it stands now. Absent where nothing was recorded.
            async fn $noun(&self) -> Option<$Object> {
                self.0.object()
            }

            /// The id of the part that the command added. It is derived from the command's.
            async fn part_id(&self) -> Option<$crate::graphql::scalars::Shown<uuid::Uuid>> {
                self.0.part()
            }

            /// What proves that it was recorded. Absent where it was not.
            async fn receipt(&self) -> Option<$crate::graphql::receipt::ReceiptObject> {
                self.0.receipt()
            }

            /// Why nothing was recorded. Empty where it was.
            async fn errors(&self) -> &[$crate::graphql::problem::Problem] {
                self.0.errors()
            }
        }

        /// What can be done.
        #[derive(Default)]
        pub struct $Mutation;

        /// What can be done.
        #[async_graphql::Object]
        impl $Mutation {
            $(
                $(#[$doc])*
                async fn $mutation(
                    &self,
                    ctx: &async_graphql::Context<'_>,
                    input: $Input,
                ) -> Result<$Payload<$Input>, $crate::graphql::fault::Fault> {
                    let answer = $crate::graphql::commands::submit(ctx, input).await?;
                    Ok($Payload(answer, std::marker::PhantomData))
                }
            )+
        }
    };
    (@steps $Aggregate:ident, $id:ident, $command:ident) => {
        $crate::graphql::commands::one::<$Aggregate>($id, $command)
    };
    (@steps $Aggregate:ident, $id:ident, $made:ident, $command:ident, $steps:expr) => {{
        let $command = $made;
        $steps
    }};
}
use commands;
