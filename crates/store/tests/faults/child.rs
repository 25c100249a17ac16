//! The second process: this test program started again for one test, which finds in its environment that it is the child.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use store::{Place, Store};

const ROLE: &str = "PARITRANA_FAULT_ROLE";
const PLACE: &str = "PARITRANA_FAULT_PLACE";
const NUMBER: &str = "PARITRANA_FAULT_NUMBER";

/// What a child is told.
pub struct Told {
    pub role: String,
    pub place: Place,
    pub number: usize,
}

/// What this process is told if it is a child.
pub fn told() -> Option<Told> {
    let role = std::env::var(ROLE).ok()?;
    let place = std::env::var(PLACE).unwrap().parse().unwrap();
    Some(Told { role, place, number: std::env::var(NUMBER).unwrap().parse().unwrap() })
}

/// A running child; dropped, it is killed.
pub struct Running {
    process: Child,
    said: std::io::Lines<BufReader<ChildStdout>>,
}

/// Starts this program again for one test. `script` is for bash and ends with `exec "$0" "$@"`.
pub fn start(script: &str, role: &str, place: &Place, number: usize) -> Running {
    let mut process = Command::new("bash")
        .args(["-c", script])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "child::works", "--nocapture", "--quiet"])
        .env(ROLE, role)
        .env(PLACE, address(place))
        .env(NUMBER, number.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(process.stdout.take().unwrap()).lines();
    Running { process, said }
}

/// The script of a child with nothing special about it.
pub const PLAIN: &str = "exec \"$0\" \"$@\"";

fn address(place: &Place) -> String {
    match place {
        Place::File(path) => format!("sqlite:{}", path.display()),
        Place::Server(address) => address.clone(),
    }
}

impl Running {
    /// The next thing that it says under a heading; none when it has ended.
    pub fn next(&mut self, heading: &str) -> Option<String> {
        self.said.by_ref().map_while(Result::ok).find_map(|line| Some(line.strip_prefix(heading)?.to_owned()))
    }

    /// Kills it in the middle of what it does, and returns what it said before that nobody has read yet.
    pub fn kill(mut self, heading: &str) -> Vec<String> {
        assert!(self.process.try_wait().unwrap().is_none(), "it must not have ended by itself");
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::iter::from_fn(|| self.next(heading)).collect()
    }

    /// Sends it a signal, such as `STOP`.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("bash").args(["-c", &format!("kill -{signal} {}", self.process.id())]).status().unwrap();
        assert!(sent.success(), "{signal}");
    }

    /// Lets it come to its end, which must be a good one, and returns what it said.
    pub fn end(mut self, heading: &str) -> Vec<String> {
        let said = std::iter::from_fn(|| self.next(heading)).collect();
        assert!(self.process.wait().unwrap().success());
        said
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Says something to the parent: one line in one piece, so that a kill leaves no half of it.
pub fn say(line: &str) {
    std::io::stdout().lock().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// Nothing to test by itself: it is what the children run.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn works() {
    let Some(Told { role, place, number }) = told() else { return };
    match role.as_str() {
        "write" => crate::kill::write(&place, number).await,
        "rival" => crate::nodes::rival(&place, number).await,
        "until told" => crate::files::until_told(&Store::open(&place).await.unwrap()).await,
        "insist" => crate::nodes::insist(&place, number).await,
        "make" => crate::files::make(&place).await,
        "why not" => crate::files::why_not(&place).await,
        other => panic!("there is no role `{other}`"),
    }
}
