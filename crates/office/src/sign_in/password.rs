//! Passwords: which will do, and how they are kept (argon2id). There are no rules for what stands in one; it is long, not what everybody takes, and
//! not one's own name.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use words::Message;

use crate::sign_in::secret::Typed;

/// A password has at least so many characters.
pub const PASSWORD_MIN: usize = 12;
/// A password has at most so many characters.
pub const PASSWORD_MAX: usize = 128;
/// So many characters are left when what everybody would try is taken out.
const OWN_MIN: usize = 6;
/// So many characters differ from each other.
const DIFFERENT_MIN: usize = 5;
/// Parts of passwords that are tried first. The longest go first, so that no end of one is left.
const COMMON: [&str; 48] = [
    "qwertyuiopasdfghjklzxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "ketenagakerjaan",
    "1q2w3e4r5t6y7u8i",
    "administrator",
    "qwertyuiopasdf",
    "1qaz2wsx3edc",
    "1q2w3e4r5t6y",
    "01234567890",
    "12345678910",
    "1234567890",
    "0987654321",
    "qwertyuiop",
    "1q2w3e4r5t",
    "katasandi",
    "iloveyou",
    "asdfghjkl",
    "indonesia",
    "paritrana",
    "bismillah",
    "alhamdulillah",
    "sayangku",
    "password",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "123456789",
    "987654321",
    "12345678",
    "1qaz2wsx",
    "zxcvbnm",
    "rahasia",
    "jakarta",
    "merdeka",
    "welcome",
    "letmein",
    "sayang",
    "qwerty",
    "123456",
    "654321",
    "abc123",
    "123123",
    "admin",
    "bpjs",
    "qazwsx",
    "cinta",
    "jamsostek",
    "login",
];

/// Passwords are hashed at most so many at once: each takes the memory of [`Work`].
static AT_ONCE: Semaphore = Semaphore::const_new(4);

/// How much work a hash is. It may only grow; hashes with less are made anew at the next sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Work {
    /// KiB of memory.
    memory: u32,
    /// Passes over it.
    passes: u32,
    /// Lanes.
    lanes: u32,
}

/// What OWASP asks at least of argon2id (Password Storage Cheat Sheet: 19 MiB, two passes, one lane).
pub(crate) const WORK: Work = Work { memory: 19_456, passes: 2, lanes: 1 };

impl Work {
    fn argon2(self) -> Argon2<'static> {
        let params = Params::new(self.memory, self.passes, self.lanes, None).expect("the parameters are in their ranges");
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }

    /// Whether a hash was made with less.
    fn is_more_than(self, kept: &Params) -> bool {
        kept.m_cost() < self.memory || kept.t_cost() < self.passes || kept.p_cost() < self.lanes
    }
}

/// Why something cannot be a person's password; `own` are the person's id, name and e-mail address.
pub(crate) fn unfit(typed: &Typed, own: &[&str]) -> Option<Message> {
    let length = typed.as_str().chars().count();
    if !(PASSWORD_MIN..=PASSWORD_MAX).contains(&length) {
        return Some(Message::new("office-password-length").number("min", PASSWORD_MIN).number("max", PASSWORD_MAX));
    }
    let plain = typed.as_str().to_lowercase();
    let without_own = own.iter().flat_map(|text| parts(text)).fold(plain.clone(), |left, part| left.replace(&part, ""));
    if is_short(&without_own) && !is_short(&plain) {
        return Some(Message::new("office-password-own-name"));
    }
    let left = COMMON.iter().fold(without_own, |left, part| left.replace(part, ""));
    let mut different: Vec<char> = plain.chars().collect();
    different.sort_unstable();
    different.dedup();
    (is_short(&left) || different.len() < DIFFERENT_MIN).then(|| Message::new("office-password-common"))
}

fn is_short(left: &str) -> bool {
    left.chars().filter(|c| c.is_alphanumeric()).count() < OWN_MIN
}

/// The words of a name or an address, and the whole without what separates them, longest first; short ones stand in anything.
fn parts(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let words = text.split(|c: char| !c.is_alphanumeric());
    let whole = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let mut parts: Vec<String> = words.map(str::to_owned).chain([whole]).filter(|part| part.chars().count() >= 3).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

/// The hash of a password, with a fresh salt.
pub(crate) async fn hash(typed: &Typed, salt: [u8; 16]) -> String {
    let typed = typed.clone();
    heavy(move || hash_with(WORK, &typed, salt)).await
}

/// Whether a password is the one of that hash. Without a hash it takes as long, and is not. The second says that the hash is to be made anew.
pub(crate) async fn is_right(typed: &Typed, kept: Option<String>) -> (bool, bool) {
    // What is too long to be one is not worth the work of its length.
    let is_too_long = typed.as_str().len() > PASSWORD_MAX * 4;
    let typed = if is_too_long { Typed::new("") } else { typed.clone() };
    heavy(move || match kept.filter(|_| !is_too_long) {
        Some(kept) => is_right_with(WORK, &typed, &kept),
        None => {
            hash_with(WORK, &typed, [0; 16]);
            (false, false)
        }
    })
    .await
}

/// Works beside the requests, a few at once.
async fn heavy<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let permit = AT_ONCE.acquire().await.expect("nobody closes it");
    // The permit goes with the work: whoever asked may have left.
    let done = tokio::task::spawn_blocking(move || (work(), drop(permit)).0).await;
    done.expect("hashing does not panic, and the program waits for what it began")
}

fn hash_with(work: Work, typed: &Typed, salt: [u8; 16]) -> String {
    let hash = work.argon2().hash_password_with_salt(typed.as_str().as_bytes(), &salt);
    hash.expect("a salt of 16 bytes and a password of any length will do").to_string()
}

fn is_right_with(work: Work, typed: &Typed, kept: &str) -> (bool, bool) {
    let Ok(hash) = PasswordHash::new(kept) else { return (false, false) };
    // With the parameters that stand in the hash.
    let is_right = work.argon2().verify_password(typed.as_str().as_bytes(), &hash).is_ok();
    (is_right, is_right && Params::try_from(&hash).is_ok_and(|kept| work.is_more_than(&kept)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LITTLE: Work = Work { memory: 8, passes: 1, lanes: 1 };

    fn why(password: &str) -> Option<String> {
        let own = ["ani-lampung", "Ani Contoh", "ani.contoh@lampung.go.id"];
        unfit(&Typed::new(password), &own).map(|why| why.key().to_owned())
    }

    #[test]
    fn a_password_has_between_12_and_128_characters_of_any_kind() {
        let length = Some("office-password-length".to_owned());
        assert_eq!([why("kudahijau-7"), why(&"kudahijau7x".repeat(12)[..129])], [length.clone(), length]);
        assert_eq!(
            [why("kudahijau-78"), why(&"kudahijau7x".repeat(12)[..128]), why("kuda besi hijau"), why("ᮊᮥᮓ ᮘᮨᮞᮤ ᮠᮨᮏᮧ")],
            [None, None, None, None]
        );
    }

    #[test]
    fn what_everybody_takes_is_refused_and_a_part_of_it_is_not() {
        for common in [
            "password1234",
            "Rahasia12345",
            "123456789012",
            "qwertyuiop123",
            "aaaaaaaaaaaa",
            "ababababab12",
            "Indonesia-2026",
            "Paritrana2026!",
        ] {
            assert_eq!(why(common), Some("office-password-common".into()), "{common}");
        }
        assert_eq!(why("rahasia kuda besi"), None);
    }

    #[test]
    fn the_own_name_is_refused_and_a_part_of_it_with_much_more_is_not() {
        for own in ["anicontoh2026", "Contoh-Ani-12", "ANI.CONTOH@lampung", "ani-lampung-1"] {
            assert_eq!(why(own), Some("office-password-own-name".into()), "{own}");
        }
        assert_eq!([why("ani naik kuda besi"), why("contoh1-kudabe")], [None, None]);
    }

    #[test]
    fn a_password_is_right_for_its_own_hash_and_no_other() {
        let (one, other) = (Typed::new("kuda besi hijau"), Typed::new("kuda besi hijav"));
        let kept = hash_with(LITTLE, &one, [7; 16]);
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        assert_ne!(kept, hash_with(LITTLE, &one, [8; 16]));
        assert_eq!([is_right_with(LITTLE, &one, &kept), is_right_with(LITTLE, &other, &kept)], [(true, false), (false, false)]);
        assert_eq!(is_right_with(LITTLE, &one, "no hash"), (false, false));
    }

    #[test]
    fn a_hash_of_less_work_is_made_anew_and_one_of_more_is_not() {
        let one = Typed::new("kuda besi hijau");
        let works = [LITTLE, Work { memory: 16, ..LITTLE }, Work { passes: 2, ..LITTLE }];
        let anew = |now: Work| works.map(|work| is_right_with(now, &one, &hash_with(work, &one, [7; 16])));
        assert_eq!(anew(LITTLE), [(true, false), (true, false), (true, false)]);
        assert_eq!(anew(works[1]), [(true, true), (true, false), (true, true)]);
        let right = is_right_with(works[2], &Typed::new("another one"), &hash_with(LITTLE, &one, [7; 16]));
        assert_eq!(right, (false, false), "a wrong password makes nothing anew");
    }
}
