//! Links that let somebody in once: asked for and sent by letter, or made at the command line. The letter that waits holds no secret: the link is made
//! when the letter goes out, so that nobody who reads the outbox or a backup gets in.

use award::PersonId;
use award::letter::{Gap, Letter, Recipient};
use jiff::{SignedDuration, Timestamp};
use store::{Begun, Besides, Invitations, Proof, WayIn};
use words::Message;

use crate::account::{self, AccountEvent, Standing};
use crate::error::{Error, Result};
use crate::office::Office;
use crate::sign_in::back_off::At;
use crate::sign_in::secret::{Secret, Use};
use crate::sign_in::{Answer, Came, Entered, NotIn};

/// So long a link lets in, and so long after it was asked for a letter still goes out.
const OPEN: SignedDuration = SignedDuration::from_mins(15);
/// What stands in an address before the secret of a link. The page there shows a button and takes the link only when it is pressed: mail servers
/// look at addresses before people do.
pub const LINK_PATH: &str = "/masuk/";
/// The kind of the letter.
const LETTER: &str = "letter-sign-in";

/// A link, as whoever gets it has it: it is shown once and kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whom it lets in.
    pub person: PersonId,
    /// What stands behind [`LINK_PATH`].
    pub secret: Secret,
    /// Its last instant.
    pub until: Timestamp,
}

impl Link {
    /// The whole address.
    pub fn under(&self, address: &str) -> String {
        format!("{}{LINK_PATH}{}", address.trim_end_matches('/'), self.secret.text())
    }
}

impl Office {
    /// Asks for a link by letter. `account` is what was typed, an id or an e-mail address. The answer is the same whether or not there is such an
    /// account, one that is active and has an address.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn ask_for_link(&self, account: &str, came: &Came, now: Timestamp) -> Result<Answer<()>> {
        let found = self.active(account).await?;
        let letter = |(_, account): &(_, account::Account)| {
            account.email.as_ref()?;
            let until = ("until".to_owned(), Gap::Text((now + OPEN).to_string()));
            let letter = Letter { to: Recipient::Person(account.person.clone()), kind: LETTER.into(), gaps: vec![until] };
            Some(serde_json::to_string(&letter).expect("a letter has only texts and numbers"))
        };
        let letters: Vec<String> = found.iter().filter_map(letter).collect();
        Ok(self.guess(&[At::LinkTo(account), At::LinksFrom(&came.address)], now, &letters).await?.map(drop))
    }

    /// Makes a link without a letter, of a fresh secret: for somebody who stands beside the administrator, and for the demo. It is put on record.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`] if there is no account that is active.
    pub async fn make_link(&self, by: &PersonId, at: Timestamp, person: &PersonId, secret: Secret) -> Result<Link> {
        let (hash, until) = (secret.hash(Use::Link), at + OPEN);
        let besides = Besides { way_in: WayIn::Link { hash: &hash, until }, ..Invitations::Stay.into() };
        let is_active = |account: &mut account::Account| account.standing == Standing::Active;
        let account =
            self.change(person, by, at, besides, |account| Ok(is_active(account).then_some(AccountEvent::LinkMade))).await?;
        match account.standing {
            Standing::Active => Ok(Link { person: person.clone(), secret, until }),
            _ => Err(Error::not_active(&account)),
        }
    }

    /// Takes a link, once: a sign-in begins, and all other links of that person end. It lets in whatever was guessed before.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_link(&self, link: &Secret, came: &Came, now: Timestamp, cookie: Secret) -> Result<Answer<Entered>> {
        let hash = link.hash(Use::Link);
        let gone = || Ok(Err(NotIn::because(Message::new("office-link-gone"))));
        while let Some(person) = self.store.link(&hash, now).await? {
            let Some(row) = self.store.account(&person).await? else { return gone() };
            let account = account::read(&row)?;
            if account.standing != Standing::Active {
                return gone();
            }
            match self.begin(&row, &account, came, now, &cookie, Proof::Link(&hash)).await? {
                (Begun::Yes, entered) => return Ok(Ok(entered)),
                (Begun::Taken, _) => return gone(),
                // Again with the account as it is now.
                (Begun::AccountChanged, _) => {}
            }
        }
        gone()
    }

    /// A letter ready to go out: in one that brings a link, the link, made now. Inside, why it must not go out any more.
    pub(crate) async fn with_link(
        &self,
        mut letter: Letter,
        address: &str,
        now: Timestamp,
    ) -> Result<std::result::Result<Letter, &'static str>> {
        let Recipient::Person(person) = letter.to.clone() else { return Ok(Ok(letter)) };
        if letter.kind != LETTER {
            return Ok(Ok(letter));
        }
        let until = letter.gaps.iter().find_map(|(name, gap)| match gap {
            Gap::Text(until) if name == "until" => until.parse::<Timestamp>().ok(),
            _ => None,
        });
        if until.is_none_or(|until| until < now) {
            return Ok(Err("the link was asked for too long ago"));
        }
        let mut random = [0; 32];
        if getrandom::fill(&mut random).is_err() {
            return Ok(Err("there is no randomness for the link"));
        }
        let link = Link { person, secret: Secret::new(random), until: now + OPEN };
        self.store.add_link(link.person.as_str(), &link.secret.hash(Use::Link), link.until).await?;
        letter.gaps = vec![
            ("link".into(), Gap::Text(link.under(address))),
            ("minutes".into(), Gap::Number(u32::try_from(OPEN.as_mins()).unwrap_or_default())),
        ];
        Ok(Ok(letter))
    }
}
