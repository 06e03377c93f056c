//! What stands on the pages as those hear it who do not see it: the structure of a tagged PDF.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// The place of an element in its tree.
pub(super) type Element = usize;

/// A place in the tree that something on a page is to fill.
pub(super) type Slot = usize;

struct Branch {
    tag: TagKind,
    children: Vec<Child>,
}

enum Child {
    Branch(Element),
    Slot(Slot),
}

/// Elements in reading order, put up while the paper is laid out and filled while it is drawn.
#[derive(Default)]
pub(super) struct Tree {
    branches: Vec<Branch>,
    roots: Vec<Element>,
    slots: Vec<Option<Identifier>>,
}

impl Tree {
    /// A new element under `parent`, or under the document.
    pub(super) fn open(&mut self, parent: Option<Element>, tag: impl Into<TagKind>) -> Element {
        let element = self.branches.len();
        self.branches.push(Branch { tag: tag.into(), children: Vec::new() });
        match parent.and_then(|parent| self.branches.get_mut(parent)) {
            Some(parent) => parent.children.push(Child::Branch(element)),
            None => self.roots.push(element),
        }
        element
    }

    /// A place for something drawn, as the next child of an element.
    pub(super) fn slot(&mut self, element: Element) -> Slot {
        let slot = self.slots.len();
        self.slots.push(None);
        if let Some(branch) = self.branches.get_mut(element) {
            branch.children.push(Child::Slot(slot));
        }
        slot
    }

    /// Says what was drawn there.
    pub(super) fn fill(&mut self, slot: Slot, drawn: Identifier) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = Some(drawn);
        }
    }

    /// The tree as it goes into the file; elements that nothing was drawn for stay away.
    pub(super) fn finished(mut self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("en-GB".to_owned()));
        for root in std::mem::take(&mut self.roots) {
            if let Some(group) = self.group(root) {
                tree.push(group);
            }
        }
        tree
    }

    fn group(&mut self, element: Element) -> Option<TagGroup> {
        let branch = self.branches.get_mut(element)?;
        let children = std::mem::take(&mut branch.children);
        let mut group = TagGroup::new(branch.tag.clone());
        for child in children {
            let node = match child {
                Child::Branch(element) => self.group(element).map(Node::Group),
                Child::Slot(slot) => self.slots.get_mut(slot).and_then(Option::take).map(Node::Leaf),
            };
            group.children.extend(node);
        }
        (!group.children.is_empty()).then_some(group)
    }
}
