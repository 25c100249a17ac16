//! From where somebody comes: the address of the network, and what the browser calls itself.

/// So many characters of what a browser says are kept.
const BROWSER_MAX: usize = 120;

/// From where somebody comes who wants in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Came {
    /// The client's IP address as text, as the server saw it or a proxy that it trusts.
    pub address: String,
    /// What the browser calls itself.
    pub browser: String,
}

impl Came {
    /// What is kept of the browser's name: short, on one line.
    pub(crate) fn browser(&self) -> String {
        let text: String = self.browser.chars().filter(|c| !c.is_control()).take(BROWSER_MAX).collect();
        text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_browser_so_much_is_kept_as_fits_on_one_line() {
        let kept = |browser: &str| Came { browser: browser.into(), ..Came::default() }.browser();
        assert_eq!(kept("Firefox\r\n\u{0}140 "), "Firefox140");
        assert_eq!([kept(&"é".repeat(120)), kept(&"é".repeat(121))], ["é".repeat(120), "é".repeat(120)]);
    }
}
