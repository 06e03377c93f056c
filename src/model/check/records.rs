//! The checks of the Challenge room.

use super::{Finder, called};

impl Finder<'_> {
    pub(super) fn challenge(&mut self) {
        let list = "challenge/evidence";
        let evidence = &self.workspace.challenge.evidence;
        self.ids(list, "an item of evidence", evidence.iter().map(|e| e.id.as_str()));
        for item in evidence {
            let id = &item.id;
            self.text(
                &item.title,
                format_args!("{list}/{id}/title"),
                format_args!("The title of the item of evidence “{id}”"),
            );
            self.grade(
                item.grade,
                format_args!("{list}/{id}/grade"),
                format_args!("“{}”", called(&item.title, id.as_str())),
            );
        }
    }
}
