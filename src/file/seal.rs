//! Sealing with a passphrase, in the `age` format (<https://age-encryption.org/v1>), which other programs read as well.
//!
//! A sealed workspace is one age file to a passphrase. Its journal is written within two seconds of an edit, and to turn a
//! passphrase into a key takes about one: so a journal begins with a key of its own, sealed with the passphrase, and what
//! follows is sealed to that key. Nothing here is cryptography of our own; what is sealed and opened, age seals and opens.

use std::{
    collections::VecDeque,
    fmt,
    io::{self, Read, Write},
    iter,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

pub use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt, secrecy::ExposeSecret, x25519};

use super::{
    format::LARGEST_FILE,
    storage::{Disk, Storage, reason},
};

/// What a sealed workspace's name ends with.
pub const SEALED_ENDING: &str = ".evenhand.ron.age";

/// How dear it is to try a passphrase: scrypt with N = 2^18 and r = 8, about a second and 256 MB.
const WORK: u8 = 18;

/// The dearest file that is opened: past 2^20 a hostile file could take gigabytes and minutes.
const MOST_WORK: u8 = 20;

const FIRST_WORDS: &[u8] = b"age-encryption.org/v1\n";

/// How many contents are known by heart, so that a save need not work out again what it has just written or read.
const KNOWN: usize = 4;

/// A passphrase, ready to seal and open with. Clones share what has been worked out.
#[derive(Clone)]
pub struct Key(Arc<Inner>);

struct Inner {
    passphrase: SecretString,
    work: u8,
    /// The key before the passphrase was changed, for what is still sealed with that.
    earlier: Option<Key>,
    journal: OnceLock<JournalKey>,
    known: Mutex<VecDeque<Known>>,
}

/// What journals are sealed to, and that key sealed with the passphrase.
struct JournalKey {
    identity: x25519::Identity,
    sealed: Vec<u8>,
}

/// A content with the bytes that it is sealed as.
struct Known {
    plain: Arc<Vec<u8>>,
    sealed: Arc<Vec<u8>>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// Why something sealed could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locked {
    /// The passphrase is another one.
    WrongPassphrase,
    /// It was cut short or changed after it was sealed.
    Damaged,
    /// To try a passphrase on it would take too long.
    TooDear,
    /// It is sealed for somebody's key and not with a passphrase.
    NoPassphrase,
    /// It could not be read; why, in plain words.
    Refused(String),
}

impl fmt::Display for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongPassphrase => f.write_str(
                "That is not its passphrase. Try again; mind capitals and spaces. Nobody can open it without.",
            ),
            Self::Damaged => f.write_str(
                "The file was cut short or changed after it was sealed. Fetch it again, or open one of its backups.",
            ),
            Self::TooDear => f.write_str(
                "To try a passphrase on this file would take more memory and time than is let. It was not sealed here.",
            ),
            Self::NoPassphrase => {
                f.write_str("The file is sealed for a key and not with a passphrase. Open it with what sealed it.")
            }
            Self::Refused(reason) => write!(f, "The file could not be read: {reason}"),
        }
    }
}

impl std::error::Error for Locked {}

/// Whether a disk refused because what is there is sealed with another passphrase.
pub(super) fn is_locked(error: &io::Error) -> bool {
    let locked = error.get_ref().and_then(|error| error.downcast_ref::<Locked>());
    locked == Some(&Locked::WrongPassphrase)
}

/// Whether these bytes are sealed.
#[must_use]
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(FIRST_WORDS)
}

/// Whether a file of this name is to be sealed.
#[must_use]
pub fn is_sealed_name(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase().ends_with(".age"))
}

/// The bytes that sealing adds to a content of so many, at the most.
pub(super) fn overhead(length: u64) -> u64 {
    // A header of a few lines, a nonce, and a tag for each 64 KiB.
    1024 + (length / (64 * 1024) + 2) * 16
}

/// Tries a passphrase on a sealed file. Takes a second or more.
///
/// # Errors
/// See [`Locked`].
pub fn unlock(path: &Path, passphrase: SecretString) -> Result<Key, Locked> {
    let key = Key::new(passphrase);
    key.opens(path)?;
    Ok(key)
}

impl Key {
    /// A key of this passphrase. Nothing is worked out yet.
    #[must_use]
    pub fn new(passphrase: SecretString) -> Self {
        Self::with_work(passphrase, WORK)
    }

    /// The same with 2^`work` as the work of trying it, 1 to 20; for tests, which have no secrets.
    #[must_use]
    pub fn with_work(passphrase: SecretString, work: u8) -> Self {
        Self::made(passphrase, work, None)
    }

    /// A key of another passphrase, which still opens what was sealed with this one while the program lives.
    #[must_use]
    pub fn changed(&self, passphrase: SecretString) -> Self {
        Self::made(passphrase, self.0.work, Some(self.clone()))
    }

    fn made(passphrase: SecretString, work: u8, earlier: Option<Self>) -> Self {
        let work = work.clamp(1, MOST_WORK);
        let (journal, known) = (OnceLock::new(), Mutex::default());
        Self(Arc::new(Inner { passphrase, work, earlier, journal, known }))
    }

    /// A key of the same passphrase that opens what is sealed with another one as well.
    #[must_use]
    pub fn opening_also(&self, other: &Self) -> Self {
        Self(Arc::new(Inner {
            passphrase: self.0.passphrase.clone(),
            work: self.0.work,
            earlier: Some(other.clone()),
            journal: OnceLock::new(),
            known: Mutex::default(),
        }))
    }

    /// Tries it on a sealed file. Takes a second or more, and less for a file that it has just opened.
    ///
    /// # Errors
    /// See [`Locked`].
    pub fn opens(&self, path: &Path) -> Result<(), Locked> {
        let refused = |error: io::Error| Locked::Refused(reason(&error));
        let target = Disk.resolve(path).map_err(refused)?;
        let bytes = Disk.read(&target, LARGEST_FILE + overhead(LARGEST_FILE)).map_err(refused)?;
        self.open(&bytes).map(|_| ())
    }

    /// Whether both are one and the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether this is its passphrase.
    #[must_use]
    pub fn is(&self, passphrase: &SecretString) -> bool {
        self.0.passphrase.expose_secret() == passphrase.expose_secret()
    }

    /// Works out beforehand what a journal needs, so that the first edit need not wait for it.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn prepare(&self) -> io::Result<()> {
        self.journal().map(|_| ())
    }

    /// Seals a content.
    ///
    /// # Errors
    /// When age refuses, which it has no reason to.
    pub(super) fn seal(&self, plain: &[u8]) -> io::Result<Vec<u8>> {
        if let Some(known) = self.known().iter().find(|known| *known.plain == plain) {
            return Ok(known.sealed.to_vec());
        }
        let mut recipient = scrypt::Recipient::new(self.0.passphrase.clone());
        recipient.set_work_factor(self.0.work);
        let sealed = sealed_to(&recipient, plain)?;
        self.remember(plain, &sealed);
        Ok(sealed)
    }

    /// Opens what was sealed with this passphrase, or with the one before it was changed.
    ///
    /// # Errors
    /// See [`Locked`].
    pub(super) fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, Locked> {
        if let Some(known) = self.known().iter().find(|known| *known.sealed == sealed) {
            return Ok(known.plain.to_vec());
        }
        let mut identity = scrypt::Identity::new(self.0.passphrase.clone());
        identity.set_max_work_factor(MOST_WORK);
        match (opened_by(&identity, sealed), &self.0.earlier) {
            (Err(Locked::WrongPassphrase), Some(earlier)) => earlier.open(sealed),
            (Ok(plain), _) => {
                self.remember(&plain, sealed);
                Ok(plain)
            }
            (Err(locked), _) => Err(locked),
        }
    }

    fn known(&self) -> MutexGuard<'_, VecDeque<Known>> {
        // What a panic elsewhere left behind is whole all the same.
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remember(&self, plain: &[u8], sealed: &[u8]) {
        let mut known = self.known();
        known.push_front(Known { plain: Arc::new(plain.to_vec()), sealed: Arc::new(sealed.to_vec()) });
        known.truncate(KNOWN);
    }

    fn journal(&self) -> io::Result<&JournalKey> {
        if let Some(known) = self.0.journal.get() {
            return Ok(known);
        }
        let identity = x25519::Identity::generate();
        let mut recipient = scrypt::Recipient::new(self.0.passphrase.clone());
        recipient.set_work_factor(self.0.work);
        let sealed = sealed_to(&recipient, identity.to_string().expose_secret().as_bytes())?;
        Ok(self.0.journal.get_or_init(|| JournalKey { identity, sealed }))
    }

    /// What a sealed journal begins with.
    pub(super) fn journal_head(&self) -> io::Result<Vec<u8>> {
        let mut head = JOURNAL_FIRST_LINE.to_vec();
        head.extend(framed(&self.journal()?.sealed)?);
        Ok(head)
    }

    /// A piece of a journal, sealed.
    pub(super) fn journal_piece(&self, plain: &[u8]) -> io::Result<Vec<u8>> {
        framed(&sealed_to(&self.journal()?.identity.to_public(), plain)?)
    }

    /// Every whole piece of a sealed journal, opened, up to the first that is torn.
    ///
    /// # Errors
    /// Its head is not sealed with this passphrase, or damaged.
    pub(super) fn open_journal(&self, bytes: &[u8]) -> Result<Vec<u8>, Locked> {
        let rest = bytes.strip_prefix(JOURNAL_FIRST_LINE).ok_or(Locked::Damaged)?;
        let (head, mut rest) = first(rest).ok_or(Locked::Damaged)?;
        let own = self.0.journal.get().filter(|own| own.sealed == head).map(|own| own.identity.clone());
        let identity = match own {
            Some(identity) => identity,
            None => {
                let text = self.open(head)?;
                let text = std::str::from_utf8(&text).map_err(|_| Locked::Damaged)?;
                text.parse().map_err(|_| Locked::Damaged)?
            }
        };
        let mut plain = Vec::new();
        while let Some((piece, behind)) = first(rest) {
            let Ok(opened) = opened_by(&identity, piece) else { break };
            plain.extend(opened);
            rest = behind;
        }
        Ok(plain)
    }
}

const JOURNAL_FIRST_LINE: &[u8] = b"Evenhand sealed journal 1\n";

/// Whether these bytes are those of a sealed journal.
#[must_use]
pub(super) fn is_sealed_journal(bytes: &[u8]) -> bool {
    bytes.starts_with(JOURNAL_FIRST_LINE)
}

/// A piece with its length before it.
fn framed(piece: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(piece.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
    let mut bytes = length.to_le_bytes().to_vec();
    bytes.extend(piece);
    Ok(bytes)
}

/// The first whole piece, and what is behind it.
fn first(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<{ size_of::<u32>() }>()?;
    rest.split_at_checked(u32::from_le_bytes(*length) as usize)
}

fn sealed_to(recipient: &dyn age::Recipient, plain: &[u8]) -> io::Result<Vec<u8>> {
    let encryptor = Encryptor::with_recipients(iter::once(recipient)).map_err(io::Error::other)?;
    let mut sealed = Vec::new();
    let mut writer = encryptor.wrap_output(&mut sealed)?;
    writer.write_all(plain)?;
    writer.finish()?;
    Ok(sealed)
}

fn opened_by(identity: &dyn age::Identity, sealed: &[u8]) -> Result<Vec<u8>, Locked> {
    let locked = |error: DecryptError| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => Locked::WrongPassphrase,
        DecryptError::ExcessiveWork { .. } => Locked::TooDear,
        DecryptError::NoMatchingKeys => Locked::NoPassphrase,
        _ => Locked::Damaged,
    };
    let decryptor = Decryptor::new_buffered(sealed).map_err(locked)?;
    let mut reader = decryptor.decrypt(iter::once(identity)).map_err(locked)?;
    let mut plain = Vec::new();
    let most = LARGEST_FILE.saturating_mul(8);
    reader.by_ref().take(most).read_to_end(&mut plain).map_err(|_| Locked::Damaged)?;
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(passphrase: &str) -> Key {
        Key::with_work(SecretString::from(passphrase.to_owned()), 2)
    }

    /// A key that knows nothing by heart.
    fn fresh(passphrase: &str, sealed: &[u8]) -> Result<Vec<u8>, Locked> {
        key(passphrase).open(sealed)
    }

    #[test]
    fn what_is_sealed_opens_with_its_passphrase_only() {
        let sealed = key("right").seal(b"a marked case").unwrap();
        assert!(is_sealed(&sealed) && !sealed.windows(6).any(|w| w == b"marked"));
        assert_eq!(fresh("right", &sealed), Ok(b"a marked case".to_vec()));
        assert_eq!(fresh("wrong", &sealed), Err(Locked::WrongPassphrase));
    }

    #[test]
    fn no_prefix_and_no_flipped_bit_opens() {
        let sealed = key("right").seal(&[7; 200]).unwrap();
        for length in 0..sealed.len() {
            assert!(fresh("right", &sealed[..length]).is_err(), "{length} bytes");
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(fresh("right", &changed).is_err(), "byte {at}");
        }
        let mut damaged = sealed.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(fresh("right", &damaged), Err(Locked::Damaged));
    }

    #[test]
    fn a_hostile_work_factor_is_refused_at_once() {
        let sealed = key("right").seal(b"x").unwrap();
        let text = String::from_utf8_lossy(&sealed).into_owned();
        let line = text.lines().find(|line| line.starts_with("-> scrypt")).unwrap();
        let dear = line.rsplit_once(' ').map(|(start, _)| format!("{start} 30")).unwrap();
        let at = sealed.windows(line.len()).position(|window| window == line.as_bytes()).unwrap();
        let hostile = [&sealed[..at], dear.as_bytes(), &sealed[at + line.len()..]].concat();
        let begun = std::time::Instant::now();
        assert_eq!(fresh("right", &hostile), Err(Locked::TooDear));
        assert!(begun.elapsed() < std::time::Duration::from_secs(5));
    }

    #[test]
    fn a_changed_passphrase_opens_the_old_and_seals_with_the_new() {
        let old = key("old");
        let before = old.seal(b"before").unwrap();
        let new = old.changed(SecretString::from("new".to_owned()));
        assert_eq!(new.open(&before), Ok(b"before".to_vec()));
        let after = new.seal(b"before").unwrap();
        assert_eq!(fresh("new", &after), Ok(b"before".to_vec()));
        assert_eq!(fresh("old", &after), Err(Locked::WrongPassphrase));
    }

    #[test]
    fn a_journal_opens_up_to_its_last_whole_piece() {
        let key = key("right");
        let mut journal = key.journal_head().unwrap();
        journal.extend(key.journal_piece(b"one marked ").unwrap());
        let whole = journal.len();
        journal.extend(key.journal_piece(b"two").unwrap());
        assert!(!journal.windows(6).any(|w| w == b"marked"));
        let open = |bytes: &[u8], passphrase: &str| super::tests::key(passphrase).open_journal(bytes);
        assert_eq!(open(&journal, "right"), Ok(b"one marked two".to_vec()));
        assert_eq!(open(&journal[..journal.len() - 1], "right"), Ok(b"one marked ".to_vec()));
        assert_eq!(open(&journal[..whole], "right"), Ok(b"one marked ".to_vec()));
        assert_eq!(open(&journal, "wrong"), Err(Locked::WrongPassphrase));
    }
}
