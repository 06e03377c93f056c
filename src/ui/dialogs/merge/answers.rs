//! What the choices come to: the merged workspace and who leads in it, and who would lead with each side of each choice.
//! Worked out on a thread of its own, begun anew at each choice.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, channel},
    },
    time::{Duration, Instant},
};

use crate::{
    analysis::reach,
    model::{
        Workspace,
        merge::{Merge, Pick},
    },
    session::Wake,
    ui::dialogs::recovered_work::lead,
};

/// The badge of the option in the lead and its total.
pub type Lead = (String, String);

/// The most choices of which it is worked out who would lead with either side, and how long that may take.
const MOST_COMPARED: usize = 60;
const LONGEST: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub struct Answers {
    chosen: Option<Result<Workspace, String>>,
    /// Who leads as chosen, as far as that is known.
    lead: Option<Lead>,
    /// For each place, who leads with ours and with theirs there and all else as chosen.
    effects: Vec<[Option<Lead>; 2]>,
    working: Option<Working>,
}

#[derive(Debug)]
struct Working {
    stop: Arc<AtomicBool>,
    messages: Receiver<Message>,
}

enum Message {
    Chosen(Result<(Workspace, Option<Lead>), String>),
    Effect(usize, [Option<Lead>; 2]),
}

impl Answers {
    /// Begins to work out what these choices come to; ours where nothing is chosen yet.
    pub fn begin(merge: &Arc<Merge>, picks: &[Option<Pick>], mark: &str, wake: &Wake) -> Self {
        Self::default().follow(merge, picks, mark, wake)
    }

    /// The same for other choices; what was known stays until it is known anew.
    pub fn follow(mut self, merge: &Arc<Merge>, picks: &[Option<Pick>], mark: &str, wake: &Wake) -> Self {
        self.stop();
        let (sender, messages) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (merge, stopped, wake) = (Arc::clone(merge), Arc::clone(&stop), Arc::clone(wake));
        let picks: Vec<Pick> = picks.iter().map(|pick| pick.unwrap_or(Pick::Ours)).collect();
        let mark = mark.to_owned();
        std::thread::spawn(move || {
            let merged = merge.merged(&picks, &mark).map_err(|unfit| unfit.to_string());
            let chosen = merged.map(|mut merged| {
                reach::feed(&mut merged);
                let lead = lead(&merged);
                (merged, lead)
            });
            // The dialog may have been left, or something else been chosen meanwhile.
            if sender.send(Message::Chosen(chosen)).is_err() {
                return;
            }
            wake();
            let begun = Instant::now();
            for at in 0..picks.len().min(MOST_COMPARED) {
                if begun.elapsed() > LONGEST || stopped.load(Ordering::Relaxed) {
                    return;
                }
                let effect = [Pick::Ours, Pick::Theirs].map(|pick| {
                    let mut picks = picks.clone();
                    picks[at] = pick;
                    let mut merged = merge.merged(&picks, &mark).ok()?;
                    reach::feed(&mut merged);
                    lead(&merged)
                });
                if stopped.load(Ordering::Relaxed) || sender.send(Message::Effect(at, effect)).is_err() {
                    return;
                }
                wake();
            }
        });
        // What was chosen before is not what would be saved now, and what would follow from each choice is another thing.
        self.chosen = None;
        self.working = Some(Working { stop, messages });
        self
    }

    fn stop(&mut self) {
        if let Some(working) = self.working.take() {
            working.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Takes in what is known by now.
    pub fn poll(&mut self) {
        let messages: Vec<Message> =
            self.working.as_ref().map(|working| working.messages.try_iter().collect()).unwrap_or_default();
        messages.into_iter().for_each(|message| self.take(message));
    }

    /// Waits for everything.
    pub fn finish(&mut self) {
        if let Some(working) = self.working.take() {
            working.messages.iter().for_each(|message| self.take(message));
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Chosen(Ok((merged, lead))) => {
                self.chosen = Some(Ok(merged));
                self.lead = lead;
            }
            Message::Chosen(Err(problem)) => {
                self.chosen = Some(Err(problem));
                self.lead = None;
            }
            Message::Effect(at, effect) => {
                if self.effects.len() <= at {
                    self.effects.resize(at + 1, [None, None]);
                }
                self.effects[at] = effect;
            }
        }
    }

    /// What would be saved; `None` while it is not known or where the choices do not go together.
    pub fn merged(&self) -> Option<&Workspace> {
        self.chosen.as_ref()?.as_ref().ok()
    }

    pub fn lead(&self) -> Option<&Lead> {
        self.lead.as_ref()
    }

    /// Why the choices do not go together.
    pub fn problem(&self) -> Option<&str> {
        self.chosen.as_ref()?.as_ref().err().map(String::as_str)
    }

    /// Who leads with each side of a choice, where that is known.
    pub fn effects(&self, at: usize) -> [Option<&Lead>; 2] {
        self.effects.get(at).map_or([None, None], |effect| effect.each_ref().map(Option::as_ref))
    }

    /// Whether the same option leads with either side of each of so many choices; not where some have not been compared.
    pub fn leads_always(&self, choices: usize) -> bool {
        let Some((leader, _)) = self.lead() else { return false };
        let same = |lead: &Option<Lead>| lead.as_ref().is_some_and(|(badge, _)| badge == leader);
        choices > 0 && self.effects.len() == choices && self.effects.iter().flatten().all(same)
    }
}

impl Drop for Answers {
    fn drop(&mut self) {
        self.stop();
    }
}
