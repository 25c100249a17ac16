//! Runs the program as a script or a person does.

use assert_cmd::Command;

/// What a command did: exit status, standard output, standard error.
pub struct Did {
    pub status: i32,
    pub out: String,
    pub err: String,
}

/// The program, speaking English.
pub fn program() -> Command {
    let mut program = Command::cargo_bin("paritrana").expect("the binary is built");
    program.env("PARITRANA_LANG", "en");
    program
}

/// What became of a command.
pub fn done(command: &mut Command) -> Did {
    let output = command.output().expect("the binary starts");
    Did {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("output is text"),
        err: String::from_utf8(output.stderr).expect("messages are text"),
    }
}
