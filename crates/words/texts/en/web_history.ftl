web-menu-history = History
web-menu-search = Search
web-crumbs = Where this page is
web-source = Source:
web-source-word = Source
web-enter-title = May we enter?
web-enter-what = Answer a few questions and see which categories are open to you, what is still missing, and by which rule.
web-enter-form = About you
web-enter-kind = Who are you?
web-enter-kind-help = The next questions follow from this choice.
web-enter-choose = Choose
web-enter-size = Size
web-enter-sector = Sector
web-enter-region = Region
web-enter-region-help = A village, district, regency, city or province. Misspellings are forgiven.
web-enter-region-unknown = This region was not found. Try only the beginning of its name.
web-enter-region-which = Which region?
web-enter-answer-yes = Yes
web-enter-answer-no = No
web-enter-not-a-number = Write only a number, such as 1,250 or 12.5.
web-enter-won = When did you last win?
web-enter-won-never = never
web-enter-won-ago = { $count ->
    [1] in the edition before this one
   *[other] { $count } editions ago
}
web-enter-word = { $what }
web-enter-again = Update the answer
web-enter-nothing-kept = Nothing is kept or sent to the committee. This answer is not a decision.
web-enter-answers = The answer
web-enter-not-asked = Begin by choosing who you are
web-enter-not-asked-how = For every category we show whether you may enter, why, by which rule, and its source.
web-enter-none = No category is open to you in this edition
web-enter-none-how = The reasons stand with each category. A BPJS Ketenagakerjaan branch office can help you check them.
web-enter-yes = may enter
web-enter-not-yet = not fully answered
web-enter-lacking = a condition is not met
web-enter-lacking-of = { $count ->
    [one] One category with a condition that is not met
   *[other] { $count } categories with a condition that is not met
}
web-enter-no = may not enter
web-enter-met = Met
web-enter-not-met = Not met
web-enter-unknown = Not known yet
web-enter-level = Begins at level
web-enter-documents = Documents asked for
web-enter-required = { $count } required
web-enter-next = What to do next
web-enter-next-branch = Contact the BPJS Ketenagakerjaan branch office of your region. Branch offices and local governments put candidates forward.
web-enter-next-calendar = Mind the dates:
web-enter-calendar = the calendar of this edition
web-enter-next-rules = Prepare the documents of your category:
web-enter-closed = { $count ->
    [1] 1 category is not for you
   *[other] { $count } categories are not for you
}
web-search-title = Search
web-search-titled = Search: { $what }
web-search-what = Organisations, regions and all 83,762 villages. Old spellings, former names and slips of the finger are forgiven.
web-search-home = Look for an organisation, region or village
web-search-label = Name or code to look for
web-search-placeholder = Name of an organisation, region or village
web-search-go = Search
web-search-count = { $count ->
    [0] Nothing was found.
   *[other] { $count } found.
}
web-search-empty = Type the name you are looking for
web-search-empty-how = Such as a company, a regency, or a village with its district: “sapit suwela”.
web-search-nothing = Nothing is called “{ $what }”, nor anything like it
web-search-nothing-how = Type fewer words, or only the beginning of the name. Organisations appear here once their results are announced.
web-search-organisations = Organisations
web-search-regions = Regions
web-search-villages = Villages
web-search-former-name = former name: { $what }
web-search-former-code = former code: { $what }
web-search-other-name = also called { $what }
web-search-code = code { $what }
web-search-close = close spelling
web-search-spelling = other spelling
web-history-title = History
web-history-short = History
web-history-of = History of { $what }
web-history-what = Who was honoured, year by year. Only results that have been announced.
web-history-ordinal = Award number { $count }
web-history-not-yet = The results of this edition have not been announced. Once they are, the winners stand here.
web-history-more = and { $count } more.
web-history-all-results = All results
web-history-told = As other sources tell
web-history-told-what = For years that were not counted here we record what was reported, with its source. There are no figures to compare.
web-history-told-in = What was reported about { $what }
web-history-lines = { $count ->
    [1] 1 record
   *[other] { $count } records
}
web-history-organisation = Organisation
web-history-reached = Reached
web-history-edition = Edition
web-history-level = Level
web-history-category = Category
web-history-place-word = Place
web-history-award = Award
web-history-total = Score
web-history-place = Place { $place } of { $among }
web-history-revoked = revoked
web-history-out = no longer stands
web-history-went-up = went up to the next level
web-history-then-in = then in { $what }
web-history-region-what = What this region and all within it reached, under former names and provinces too.
web-history-region-page = About this region
web-history-counts = Candidates and award holders by edition
web-history-stood = Candidates
web-history-awarded = Hold an award
web-history-reached-in = What was reached in { $what }
web-history-none-title = Nothing is recorded yet
web-history-none = No result has been announced for this region or organisation yet.
web-history-also = also { $what }
web-history-totals = Scores that compare
web-history-by-year = Year by year
web-history-breaks = Not all years compare
web-history-other-category = The category is another one, and so are the competitors.
web-history-only-told = One of them is only reported; there are no figures.
web-history-other-scheme = Scores are made or weighed in another way.
web-history-not-measured = Some measure is used in only one of them.
web-history-other-measure = Some measure is made from other data or in another way.
web-history-other-scale = Some measure gives points on another scale.
web-told-candidate = candidate
web-told-nominated-top = among the top { $value } when nominated
web-told-final-top = among the top { $value } in the end
web-told-place = place { $value }
web-told-winner = winner { $value }
web-told-title = title { $value }
web-told-other = recorded { $value }
web-organisation-unknown = Nothing is recorded about this organisation yet.
web-organisation-unknown-next = Search by its name. Organisations are recorded once their results are announced.
web-region-unknown = There is no region with the code { $code }.
web-region-unknown-next = Search by its name. The list uses the codes of the Ministry of Home Affairs, such as 52.03.
web-region-country = Indonesia
web-region-code = Code
web-region-name = Name
web-region-province = Province
web-region-when = In force
web-region-before = since before 2017
web-region-now = now
web-region-names = Name, code and province over time
web-region-children = What lies in it
web-region-regencies = { $count } regencies and cities
web-region-districts = { $count } districts
web-region-villages = { $count } villages
web-region-lowest-how = Villages are not divided further in this list of regions.
web-region-rounds = Rounds in this edition
web-region-no-rounds = This edition does not use the regions of Indonesia, or this region was not on its map yet.
web-region-reached = { $count ->
    [1] 1 result is recorded for this region and those in it.
   *[other] { $count } results are recorded for this region and those in it.
}
web-region-history = Open its history
web-editions-title = All editions
web-editions-what = Every edition uses rules that were sealed before judging began.
web-editions-present = this edition
web-editions-winners = { $count ->
    [1] 1 title holder
   *[other] { $count } title holders
}
web-editions-no-results = no results yet
web-editions-categories = { $count ->
    [1] 1 category
   *[other] { $count } categories
}
web-editions-history = See past winners
web-search-rest = { $count } more are not shown.
web-search-narrow = Add a word to narrow the search.
web-search-narrow-village = Add the name of the regency, city or district, such as “{ $what } bogor”.
web-search-more = Show more
web-history-bars = One bar for each edition, with the year in its name.
web-history-awarded-by-edition = Holders of awards in each edition
web-region-where = Where it lies
web-region-level-province = Province
web-region-level-regency = Regency or city
web-region-level-district = District
web-region-level-village = Village
web-enter-over = This edition is over
web-enter-over-what = Nobody can enter any more. The answers on this page follow the rules of that edition.
