//! Reading a formula: one small function per line of the grammar in `docs/specification.md` section 5.
//!
//! The functions call each other as the grammar does. How deep they can go is bounded by [`DEEPEST`], so that a hostile
//! text cannot exhaust the stack.

use super::{Comparison, DEEPEST, Expression, FormulaError, FormulaErrorKind as Kind, LONGEST, Sign, Times, Word};
use crate::Exact;

type Parsed<T> = Result<T, FormulaError>;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u32,
}

pub(super) fn parse(text: &str) -> Parsed<Expression> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        return Err(FormulaError { at, kind: Kind::TooLong });
    }
    let root = reader.expression()?;
    match reader.peek() {
        None => Ok(root),
        Some(_) => Err(reader.error(Kind::Unexpected)),
    }
}

impl<'a> Reader<'a> {
    fn expression(&mut self) -> Parsed<Expression> {
        let left = self.sum()?;
        let Some(comparison) = self.comparison() else {
            return Ok(left);
        };
        let right = self.sum()?;
        Ok(Expression::Compared(Box::new(left), comparison, Box::new(right)))
    }

    fn comparison(&mut self) -> Option<Comparison> {
        // The longer signs first, so that `<=` is not read as `<`.
        let signs = [
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("==", Comparison::Equal),
            ("!=", Comparison::Unequal),
            ("<", Comparison::Below),
            (">", Comparison::Above),
        ];
        let found = signs.into_iter().find(|(sign, _)| self.accept(sign));
        found.map(|(_, comparison)| comparison)
    }

    fn sum(&mut self) -> Parsed<Expression> {
        let first = self.product()?;
        let mut rest = Vec::new();
        loop {
            let sign = if self.accept("+") {
                Sign::Plus
            } else if self.accept("-") {
                Sign::Minus
            } else {
                break;
            };
            rest.push((sign, self.product()?));
        }
        Ok(if rest.is_empty() { first } else { Expression::Sum(Box::new(first), rest) })
    }

    fn product(&mut self) -> Parsed<Expression> {
        let first = self.unary()?;
        let mut rest = Vec::new();
        loop {
            let times = if self.accept("*") {
                Times::Times
            } else if self.accept("/") {
                Times::Over
            } else {
                break;
            };
            rest.push((times, self.unary()?));
        }
        Ok(if rest.is_empty() { first } else { Expression::Product(Box::new(first), rest) })
    }

    fn unary(&mut self) -> Parsed<Expression> {
        let start = self.at;
        if !self.accept("-") {
            return self.primary();
        }
        let inner = self.inside(start, Self::unary)?;
        Ok(Expression::Negated(Box::new(inner)))
    }

    fn primary(&mut self) -> Parsed<Expression> {
        match self.peek() {
            Some(b'0'..=b'9') => Ok(Expression::Number(self.number())),
            Some(b'a'..=b'z') => self.name_or_call(),
            Some(b'(') => self.bracketed(|reader| reader.expression()),
            _ => Err(self.error(Kind::OperandExpected)),
        }
    }

    fn number(&mut self) -> Exact {
        let start = self.at;
        self.take_while(|byte| byte.is_ascii_digit());
        let after = self.text.as_bytes().get(self.at + 1);
        if self.text[self.at..].starts_with('.') && after.is_some_and(u8::is_ascii_digit) {
            self.at += 1;
            self.take_while(|byte| byte.is_ascii_digit());
        }
        Exact::from_digits(&self.text[start..self.at]).expect("only digits and one point were taken")
    }

    fn name_or_call(&mut self) -> Parsed<Expression> {
        let start = self.at;
        self.take_while(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.'));
        match &self.text[start..self.at] {
            "min" => self.call(Word::Min),
            "max" => self.call(Word::Max),
            "sum" => self.call(Word::Sum),
            "count" => self.call(Word::Count),
            "round" => self.rounded(),
            "if" => self.branches(),
            name => Ok(Expression::Name(name.into())),
        }
    }

    fn call(&mut self, word: Word) -> Parsed<Expression> {
        Ok(Expression::Call(word, self.bracketed(Self::arguments)?))
    }

    fn arguments(&mut self) -> Parsed<Vec<Expression>> {
        let mut arguments = vec![self.expression()?];
        while self.accept(",") {
            arguments.push(self.expression()?);
        }
        Ok(arguments)
    }

    fn branches(&mut self) -> Parsed<Expression> {
        let start = self.at;
        let arguments = self.bracketed(Self::arguments)?;
        let three: Result<Box<[Expression; 3]>, _> = arguments.try_into();
        three.map(Expression::If).map_err(|_| FormulaError { at: start, kind: Kind::WrongNumberOfArguments })
    }

    fn rounded(&mut self) -> Parsed<Expression> {
        self.bracketed(|reader| {
            let inner = reader.expression()?;
            if !reader.accept(",") {
                return Err(reader.error(Kind::WrongNumberOfArguments));
            }
            Ok(Expression::Rounded(Box::new(inner), reader.places()?))
        })
    }

    fn places(&mut self) -> Parsed<u32> {
        let digit = self.peek().filter(u8::is_ascii_digit);
        let next = self.text.as_bytes().get(self.at + 1);
        match digit {
            Some(digit) if !next.is_some_and(u8::is_ascii_digit) => {
                self.at += 1;
                Ok(u32::from(digit - b'0'))
            }
            _ => Err(self.error(Kind::PlacesExpected)),
        }
    }

    fn bracketed<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if !self.accept("(") {
            return Err(self.error(Kind::BracketExpected));
        }
        let start = self.at - 1;
        let inner = self.inside(start, read)?;
        if !self.accept(")") {
            return Err(self.error(Kind::Unexpected));
        }
        Ok(inner)
    }

    /// Reads what stands inside one more bracket or sign, which begins at `start`.
    fn inside<T>(&mut self, start: usize, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEEPEST {
            return Err(FormulaError { at: start, kind: Kind::TooDeep });
        }
        self.depth += 1;
        let inner = read(self);
        self.depth -= 1;
        inner
    }

    /// The next byte that is not a space.
    fn peek(&mut self) -> Option<u8> {
        self.take_while(|byte| byte == b' ');
        self.text.as_bytes().get(self.at).copied()
    }

    fn accept(&mut self, sign: &str) -> bool {
        self.peek();
        let found = self.text.as_bytes()[self.at..].starts_with(sign.as_bytes());
        if found {
            self.at += sign.len();
        }
        found
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.text.as_bytes().get(self.at).is_some_and(|byte| wanted(*byte)) {
            self.at += 1;
        }
    }

    fn error(&self, kind: Kind) -> FormulaError {
        FormulaError { at: self.at, kind }
    }
}
