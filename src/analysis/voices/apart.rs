//! Who may be told apart: of which sectors figures may be shown, and whether what all ballots come to is somebody's own.
//!
//! The usual rule of disclosure control for small counts: fewer than three are never told by themselves, and where what
//! is left over would be one or two, more is hidden with it, so that no difference gives them back (Cox, Journal of the
//! American Statistical Association 75, 1980, on complementary suppression).

use std::collections::BTreeMap;

use super::{VoicesResult, ballots_as_counted};
use crate::model::{Workspace, voices::Vote};

/// Of fewer ballots than this nothing is told by itself: not of a room, a sector or the numbers on one factor.
pub const FEWEST_TOLD: usize = 3;

/// What stands in the place of an answer that would give somebody away.
pub const TOO_FEW_TOGETHER: &str =
    "What they come to is not shown: it would be the answer of one or two people.";

/// What stands in the place of what marginal voices change, where that would give somebody away.
pub const TOO_FEW_MARGINAL: &str =
    "What marginal voices would change is not shown: it would be the answer of one or two people.";

/// What may be told of the ballots that count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldApart {
    /// The sectors, by index and rising, whose figures may be told by themselves.
    pub sectors: Vec<usize>,
    /// The other sectors that have ballots, by index and rising.
    pub hidden: Vec<usize>,
    /// Ballots that count and say something.
    pub ballots: usize,
    /// Whether what all ballots come to is somebody's own by one person one vote, and by one sector one vote.
    gives_away: [bool; 2],
    vote: Vote,
}

impl ToldApart {
    /// Looks at the ballots that count now.
    #[must_use]
    pub fn of(workspace: &Workspace) -> Self {
        let voices = &workspace.voices;
        let sector = |ballot: usize| {
            let sector = &voices.ballots.get(ballot)?.sector;
            voices.sectors.iter().position(|known| known.id == *sector)
        };
        let of: Vec<usize> = ballots_as_counted(workspace).filter_map(|(ballot, _)| sector(ballot)).collect();
        let sectors = large_enough(of.iter().copied(), |_| true);
        let mut hidden: Vec<usize> = of.iter().copied().filter(|at| !sectors.contains(at)).collect();
        hidden.sort_unstable();
        hidden.dedup();
        let gives_away =
            [Vote::OnePerson, Vote::OneSector].map(|vote| self::gives_away(vote, of.iter().copied()));
        Self { sectors, hidden, ballots: of.len(), gives_away, vote: voices.vote }
    }

    /// Whether the figures of a sector, by index, may be told by themselves.
    #[must_use]
    pub fn tells(&self, sector: usize) -> bool {
        self.sectors.contains(&sector)
    }

    /// Whether there are ballots, and what they come to together by the vote of the workspace is somebody's own.
    #[must_use]
    pub fn gives_away(&self) -> bool {
        self.gives_away_by(self.vote)
    }

    /// On how few the answer rests, where what the ballots come to is somebody's own: "one ballot".
    #[must_use]
    pub fn rests_on(&self) -> Option<&'static str> {
        self.gives_away().then_some(match self.ballots {
            1 => "one ballot",
            2 => "two ballots",
            _ => "the votes of two sectors, of which one is one or two ballots",
        })
    }

    /// The same by this vote.
    #[must_use]
    pub fn gives_away_by(&self, vote: Vote) -> bool {
        self.gives_away[usize::from(vote == Vote::OneSector)]
    }
}

/// The sectors, rising, that may be told of: those with three or more of these ballots that are `allowed`. Where what is
/// left over would be one or two, the smallest of them joins it, so that they stand for nobody either.
#[must_use]
pub fn large_enough(sectors: impl Iterator<Item = usize>, allowed: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut many: BTreeMap<usize, usize> = BTreeMap::new();
    let mut others = 0;
    for sector in sectors {
        if allowed(sector) { *many.entry(sector).or_insert(0) += 1 } else { others += 1 }
    }
    others += many.values().filter(|many| **many < FEWEST_TOLD).sum::<usize>();
    many.retain(|_, many| *many >= FEWEST_TOLD);
    while others > 0 && others < FEWEST_TOLD {
        let Some((&smallest, &its)) = many.iter().min_by_key(|(_, many)| **many) else { break };
        many.remove(&smallest);
        others += its;
    }
    many.into_keys().collect()
}

/// Whether what ballots of these sectors come to together would give somebody away: they are one or two, or two sectors
/// have a vote each and one of them is one or two people.
#[must_use]
pub fn gives_away(vote: Vote, sectors: impl Iterator<Item = usize>) -> bool {
    let mut many: BTreeMap<usize, usize> = BTreeMap::new();
    sectors.for_each(|sector| *many.entry(sector).or_insert(0) += 1);
    let ballots: usize = many.values().sum();
    let is_small = |many: &usize| *many < FEWEST_TOLD;
    let by_sector = vote == Vote::OneSector;
    ballots > 0
        && (ballots < FEWEST_TOLD || by_sector && many.len() < FEWEST_TOLD && many.values().any(is_small))
}

/// Whether what marginal voices change would give somebody away: what they would have, or what the others would have
/// without them, is the answer of one or two people.
#[must_use]
pub fn marginal_is_own(voices: &VoicesResult) -> bool {
    let few = voices.marginal_ballots.len();
    let others = voices.in_force.len().saturating_sub(few);
    [few, others].iter().any(|ballots| (1..FEWEST_TOLD).contains(ballots))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn large(ballots: &[usize]) -> Vec<usize> {
        let each = ballots.iter().enumerate().flat_map(|(sector, &many)| std::iter::repeat_n(sector, many));
        large_enough(each, |_| true)
    }

    #[test]
    fn one_ballot_left_over_takes_the_smallest_large_sector_with_it() {
        assert_eq!(large(&[5, 4, 1]), [0], "one left over would follow from all less the two that are told");
        assert_eq!(large(&[5, 4, 2, 1]), [0, 1], "three left over are nobody's own");
        assert_eq!(large(&[5, 4]), [0, 1]);
        assert_eq!(large(&[5, 1]), Vec::<usize>::new());
    }

    #[test]
    fn a_vote_for_each_of_two_sectors_gives_a_small_one_away() {
        let sectors = [0, 0, 0, 0, 1];
        assert!(gives_away(Vote::OneSector, sectors.into_iter()));
        assert!(!gives_away(Vote::OnePerson, sectors.into_iter()));
        assert!(gives_away(Vote::OnePerson, [0, 1].into_iter()));
        assert!(!gives_away(Vote::OnePerson, std::iter::empty()));
    }
}
