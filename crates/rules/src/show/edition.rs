//! The edition, its organisers, calendar and sources.

use words::{Arg, Message};

use super::facts::Facts;
use super::{Form, Page, local, say, texts_of, word};
use crate::rulebook::{CalendarEvent, Edition, When};
use crate::word::Word;

impl Page<'_> {
    pub(super) fn edition(&mut self) {
        let book = self.book;
        let edition = &book.edition;
        let title = say("title").with("name", local(&edition.name)).text("version", &edition.version);
        self.push(Form::Heading(1), vec![title], Some(&edition.clause), false);
        self.sentence(period(edition));
        let labels = self.labels(edition);
        self.sentence(labels);
        if !edition.purposes.is_empty() {
            self.push(Form::Sentence, vec![say("purposes")], Some(&edition.clause), false);
        }
        for purpose in &edition.purposes {
            let facts = Facts::of(&edition.clause).fact(&["purposes"], say("purpose").with("purpose", local(purpose)));
            self.details(1, facts);
        }
        if !book.organisers.is_empty() {
            self.push(Form::Sentence, vec![say("organisers")], Some(&edition.clause), false);
        }
        for organiser in &book.organisers {
            let role = organiser.role.as_ref().map(|role| say("plain").with("text", local(role)));
            let aliases = aliases(&organiser.aliases);
            let role = role.unwrap_or_else(|| say("organiser"));
            let facts = Facts::of(&organiser.clause).fact(&["name", "role"], role);
            self.item(1, &organiser.name, facts.maybe(&["aliases"], aliases));
        }
    }

    fn labels<'e>(&self, edition: &'e Edition) -> Facts<'e> {
        let labels = (!edition.labels.is_empty()).then(|| say("labels").with("labels", texts_of(&edition.labels)));
        let ordinal = edition.ordinal.map(|ordinal| say("ordinal").number("ordinal", ordinal));
        let reported = edition
            .reported_by
            .as_ref()
            .map(|id| say("reported-by").message("source", super::source_titles(self.book, std::slice::from_ref(id))));
        let id = say("edition-id").text("id", &edition.id);
        let locale = say("locale").message("language", word(&format!("locale-{}", edition.default_locale)));
        let facts = Facts::of(&edition.clause).maybe(&["labels"], labels).maybe(&["ordinal"], ordinal);
        facts.maybe(&["reported_by"], reported).fact(&["id"], id).fact(&["default_locale"], locale)
    }

    pub(super) fn calendar(&mut self) {
        let book = self.book;
        if book.calendar.is_empty() && book.holidays.is_empty() {
            return;
        }
        self.part("part-calendar");
        for event in &book.calendar {
            let facts = self.event(event);
            self.item(1, &event.name, facts);
        }
        for holiday in &book.holidays {
            let facts = Facts::of(&book.edition.clause).fact(&["holiday"], say("holiday").date("day", holiday.on));
            self.item(1, &holiday.name, facts);
        }
    }

    fn event<'e>(&self, event: &'e CalendarEvent) -> Facts<'e> {
        let planned = say("planned").message("when", self.when(&event.planned));
        let actual = event.actual.as_ref().map(|when| say("actual").message("when", self.when(when)));
        let stage = event.stage.map(|stage| say("event-stage").message("stage", word(stage.name())));
        let level = event.level.as_ref().map(|level| say("event-level").with("level", self.level_name(level)));
        let facts = Facts::of(&event.clause).fact(&["planned"], planned).maybe(&["actual"], actual);
        let latest = event.latest.map(|day| say("latest").date("day", day));
        facts.maybe(&["stage"], stage).maybe(&["level"], level).maybe(&["latest"], latest)
    }

    pub(super) fn when(&self, when: &When) -> Message {
        match when {
            When::On(day) => say("when-on").date("day", *day),
            When::Between(from, to) => say("when-between").date("from", *from).date("to", *to),
            When::Months(from, to) if from == to => say("when-month").with("month", month(*from)),
            When::Months(from, to) => say("when-months").with("from", month(*from)).with("to", month(*to)),
            When::After { days, event, working } => {
                let found = self.book.calendar.iter().find(|other| other.id == *event);
                let name = found.map_or_else(|| Arg::Text(event.clone()), |event| local(&event.name));
                let key = if *working { "when-working" } else { "when-after" };
                say(key).with("days", days_arg(*days)).with("event", name)
            }
        }
    }

    pub(super) fn sources(&mut self) {
        let book = self.book;
        self.part("part-sources");
        for (id, source) in &book.sources {
            let mut facts = vec![Arg::Message(word(source.kind.word()))];
            facts.extend(source.publisher.iter().map(|publisher| Arg::Text(publisher.clone())));
            facts.extend(source.date.map(Arg::Date));
            facts.extend(source.note.iter().map(|note| Arg::Text(note.clone())));
            let text = say("source-line").text("id", id).text("title", &source.title).with("facts", Arg::List(facts));
            self.push(Form::Bullet(1), vec![text], None, false);
        }
        self.push(Form::Bullet(1), vec![say("source-assumption")], None, false);
    }
}

fn period(edition: &Edition) -> Facts<'_> {
    let period = say("period").date("from", edition.assessment_from).date("to", edition.assessment_to);
    let regions = match edition.country_levels {
        true => say("regions").date("day", edition.regions_as_of),
        false => say("no-regions").date("day", edition.regions_as_of),
    };
    let facts = Facts::of(&edition.clause).fact(&["assessment"], period);
    facts.fact(&["regions_as_of", "country_levels"], regions)
}

/// Other names, if there are any.
pub(super) fn aliases(aliases: &[String]) -> Option<Message> {
    (!aliases.is_empty()).then(|| say("aliases").with("aliases", texts_of(aliases)))
}

fn month(first: jiff::civil::Date) -> Arg {
    Arg::Local(words::month(first, words::Lang::Id), words::month(first, words::Lang::En))
}

fn days_arg(days: u32) -> Arg {
    Arg::Local(words::days(days, words::Lang::Id), words::days(days, words::Lang::En))
}
