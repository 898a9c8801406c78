//! How events move coordination bodies.
use std::sync::Arc;

use domain::coordination_body::Event;
use domain::ids::CoordinationBodyId;
use domain::recorded::Recorded;

use super::{Bodies, Body, Dissolution, Membership};
use crate::interventions::folded_titles;
use crate::stamp::{Rectification, Stamp};

pub(super) fn apply(all: &mut Bodies, id: CoordinationBodyId, event: &Event, recorded: &Recorded) {
    if let Event::Constituted { kind, title, territory, programme, deliberation, on } = event {
        if let Some(territory) = territory {
            all.by_territory.insert(*territory, id);
        }
        if let Some(programme) = programme {
            all.by_programme.insert(*programme, id);
        }
        if let Some(deliberation) = deliberation {
            all.by_deliberation.insert(*deliberation, id);
        }
        let body = Body {
            id,
            kind: *kind,
            title: title.clone(),
            territory: *territory,
            programme: *programme,
            deliberation: *deliberation,
            memberships: Vec::new(),
            constituted: Stamp::on(recorded, *on),
            dissolved: None,
            corrections: Vec::new(),
            annulled: None,
            folded: folded_titles(title),
        };
        all.by_id.insert(id, Arc::new(body));
        return;
    }
    let Some(body) = all.by_id.get_mut(&id) else {
        return;
    };
    let listed = body.annulled.is_none();
    let body = Arc::make_mut(body);
    body.apply(event, recorded);
    match event {
        Event::MemberAdded { actor, .. } if listed => all.by_actor.insert(*actor, id),
        Event::Annulled { .. } if listed => {
            if let Some(territory) = body.territory {
                all.by_territory.remove(territory, id);
            }
            if let Some(programme) = body.programme {
                all.by_programme.remove(programme, id);
            }
            if let Some(deliberation) = body.deliberation {
                all.by_deliberation.remove(deliberation, id);
            }
            for membership in &body.memberships {
                all.by_actor.remove(membership.actor, id);
            }
        }
        _ => {}
    }
}

impl Body {
    fn apply(&mut self, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        match event {
            Event::Constituted { .. } => {}
            Event::MemberAdded { membership, actor, seat, from } => {
                self.memberships.push(Membership {
                    id: *membership,
                    actor: *actor,
                    seat: *seat,
                    from: *from,
                    to: None,
                    reason: None,
                    added: stamp,
                    ended: None,
                });
            }
            Event::MembershipEnded { membership, to, reason } => {
                let mut all = self.memberships.iter_mut();
                if let Some(it) = all.rfind(|it| it.id == *membership) {
                    it.to = Some(*to);
                    it.reason = reason.clone().map(Arc::new);
                    it.ended = Some(stamp);
                }
            }
            Event::Dissolved { on, reason } => {
                let (reason, stamp) = (Arc::new(reason.clone()), Stamp::on(recorded, *on));
                self.dissolved = Some(Dissolution { reason, stamp });
            }
            Event::Corrected { kind, title, on, reason } => {
                self.kind = kind.unwrap_or(self.kind);
                if let Some(title) = title {
                    self.title = title.clone();
                    self.folded = folded_titles(title);
                }
                if let Some(on) = on {
                    self.constituted.effective = *on;
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }
}
