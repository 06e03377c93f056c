//! Taking a thing out of a workspace with everything that speaks of it, so that no reference is left that leads nowhere.

use super::{
    Workspace,
    balance::Speaker,
    ids::{FactorId, NeedGroupId, OptionId, StakeholderId},
};

impl Workspace {
    /// Takes an option out and everything that speaks of it.
    pub fn forget_option(&mut self, id: &OptionId) {
        self.question.options.retain(|option| option.id != *id);
        for entitlement in &mut self.question.entitlements {
            entitlement.met_by.remove(id);
        }
        self.voices.forget_option(id);
        self.balance.scores.retain(|score| score.option != *id);
        if let Some(risk) = &mut self.reach.changing_risk {
            risk.promises.retain(|promise| promise.option != *id);
        }
        self.reach.terms.retain(|terms| terms.option != *id);
        self.reach.payments.retain(|payment| payment.option != *id);
        self.decision.recommendation.take_if(|recommended| recommended == id);
    }

    /// Takes a need group out and everything that speaks of it.
    pub fn forget_need_group(&mut self, id: &NeedGroupId) {
        self.question.need_groups.retain(|group| group.id != *id);
        self.voices.forget_need_group(id);
        for terms in &mut self.reach.terms {
            terms.forget_group(id);
        }
        self.reach.payments.retain(|payment| payment.group.as_ref() != Some(id));
        if let Some(risk) = &mut self.reach.changing_risk {
            risk.starts.remove(id);
        }
        self.reach.caseload.forget_group(id);
    }

    /// Takes a factor out with its scores and what ballots, ranking and answers say of it.
    pub fn forget_factor(&mut self, id: &FactorId) {
        let balance = &mut self.balance;
        balance.factors.retain(|factor| factor.id != *id);
        balance.scores.retain(|score| score.factor != *id);
        let ranking = balance.swing_ranking.take().unwrap_or_default();
        let ranking: Vec<FactorId> = ranking.into_iter().filter(|ranked| ranked != id).collect();
        balance.swing_ranking = (!ranking.is_empty()).then_some(ranking);
        balance.exchange_answers.retain(|answer| answer.factor != *id && answer.against != *id);
        self.reach.feeds.retain(|feed| feed.factor != *id);
        self.voices.forget_factor(id);
    }

    /// Takes a person out with their ballots; what they said stays, said by somebody unnamed or by their role, which may
    /// be empty.
    pub fn forget_stakeholder(&mut self, id: &StakeholderId, role: &str) {
        self.voices.forget_stakeholder(id);
        for dissent in &mut self.decision.dissent {
            dissent.stakeholder.take_if(|who| who == id);
        }
        let role = if role.trim().is_empty() { "Somebody" } else { role.trim() };
        for dissent in self.balance.scores.iter_mut().flat_map(|score| &mut score.dissent) {
            if dissent.who == Speaker::Stakeholder(id.clone()) {
                dissent.who = Speaker::Role(role.to_owned());
            }
        }
    }
}
