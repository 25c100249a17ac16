## Delegation and materials of the interview
refusal-nobody-sent = Nobody is named whom { $candidate } sends.
refusal-nobody-sent-next = Name the delegation, the speaker first.
refusal-delegates-many = The delegation of { $candidate } is too large; it has at most { $most } people.
refusal-delegates-many-next = Name those who really come in.
refusal-delegation-late = The time of { $candidate } has begun ({ $until }); its delegation can no longer be changed here.
refusal-delegation-late-next = Tell the staff at the reception desk.
refusal-sent-so = { $candidate } has named the same delegation before.
refusal-sent-so-next = Nothing more is needed.
refusal-material-late = Materials of { $candidate } had to be there before { $until }.
refusal-material-late-next = Talk to the secretariat before the interview begins.
refusal-material-format = { $file } is of the format { $format }; materials may be { $formats }.
refusal-material-format-next = Save it as PDF and send it again.
refusal-material-size = { $file } is empty or larger than { $most } MB.
refusal-material-size-next = Make its pictures smaller and save it as PDF.
refusal-material-twice = { $file } is there already.
refusal-material-twice-next = Nothing more is needed.
refusal-materials-many = { $candidate } has handed in { $most } materials, which is the most.
refusal-materials-many-next = Put materials together into one file next time; what is there is used.
changed-delegation = Named the delegation to the interview
changed-material = Handed in the material “{ $title }” for the interview: { $file }
stepper-next-submit-again = Everything that was given back is corrected: submit the dossier again.

# Words that rulebooks write and the format does not know
rules-word-agriculture = agriculture, plantations, the sea
rules-word-finance = finance, banking
rules-word-manufacturing = manufacturing, construction
rules-word-mining = mining
rules-word-oil-gas = oil and gas
rules-word-trade-services = trade, services
rules-word-dpa-apbd = DPA APBD (budget)
rules-word-rkpd = RKPD (work plan)
rules-word-pks-mou = PKS or MoU (agreement)
rules-word-planned = planned
rules-word-studied = being studied
rules-word-drafting = being drafted
rules-word-enacted = enacted
rules-word-budget-clause = has a budget
rules-word-named-jobs = names the jobs
rules-word-obligation = has an obligation
rules-word-perda = regional regulation (perda)
rules-word-pergub = governor's regulation (pergub)
rules-word-perbup = regent's regulation (perbup)
rules-word-perwali = mayor's regulation (perwali)
rules-word-perdes = village regulation (perdes)
rules-word-instruksi = instruction
rules-word-sk = decree (SK)
rules-word-se = circular (SE)
rules-word-surat-edaran = circular
rules-word-paparan = presentation
rules-word-surat-tugas-narasumber = letter naming the speaker
rules-word-bukti-bayar-iuran = proof of contributions
rules-word-laporan-upah-ringkas = summary of wage reports
rules-word-daftar-vendor = list of vendors
rules-word-tangkapan-sipp = screenshot of SIPP
rules-word-rekap-jmo = summary of JMO users
rules-word-bukti-csr = proof of CSR
rules-word-rekap-peserta-segmen = participants by segment
rules-word-foto-kegiatan = photos of activities
rules-word-laporan-realisasi = report of what was spent

# Pages
web-person-nameless = name not shown
web-candidate-returned = given back
web-candidate-returned-title = Given back to be corrected
web-candidate-corrected = What was given back is corrected; it only has to be sent again
web-candidate-returned-by = Given back by
web-candidate-returned-until = At the latest
web-candidate-to-correct = To be corrected
web-candidate-correct-count = { $count } to be corrected
web-candidate-sent-before = Sent last, before it was given back:
web-candidate-claims-so-far = { $done } of { $all } figures are filled in
web-candidate-claims-to-do = Still to be looked at
web-candidate-claims-all-there = All figures are filled in, and none looks odd.
web-candidate-claims-other = Conditions of entry
web-candidate-claims-filled-of = { $done } of { $all } filled in
web-candidate-claims-look = to be looked at
web-candidate-claims-filled-chip = filled in
web-hearing-sent = Delegation
web-hearing-sent-what = Name who comes, the speaker first. If the speaker is not the leader, attach the letter of assignment. It can be changed until your time begins.
web-hearing-speaker = Name of the speaker
web-hearing-post = Post
web-hearing-rank = Rank
web-hearing-rank-choose = Choose
web-hearing-others = Those who come along
web-hearing-others-how = One person a line: name; post. Put a semicolon between them, for degrees have commas.
web-hearing-letter-file = Letter of assignment
web-hearing-letter-how = PDF, JPEG, PNG, XLSX or DOCX. If no file is chosen, the letter that is there stays.
web-hearing-letter-there = Letter: { $what }
web-hearing-send = Save the delegation
web-hearing-nobody = It is not said yet who will come.
web-hearing-speaks = speaker
web-hearing-materials = Materials
web-hearing-materials-what = One file at a time, as often as needed until they are due.
web-hearing-no-materials = No material is handed in yet.
web-hearing-material-title = What it is called
web-hearing-material-file = File
web-hearing-material-how = PDF, JPEG, PNG, XLSX or DOCX of at most 25 MB.
web-hearing-hand-in = Hand it in
web-hearing-line = In a line of those who come along, name and post cannot be told apart.
web-hearing-line-next = Write name, semicolon, post, one person a line: Budi Santoso, S.E.; Head of Service.
web-hearing-form = This form is incomplete or broke off on its way.
web-hearing-form-next = Load this page again and fill it in once more.
web-hearing-no-file = No file was chosen.
web-hearing-no-file-next = Choose the file and hand it in again.
web-enter-go-on = Go on
web-enter-open-of = { $count ->
    [0] No category is open
    [1] 1 category may be open to you
   *[other] { $count } categories may be open to you
 }
web-map-late-count = { $count ->
    [1] 1 province is behind its plan
   *[other] { $count } provinces are behind their plan
 }
web-map-late-where = Dashed and marked with !; by how many days, the list below tells.
web-hearing-name = Name the delegation
web-hearing-change = Change the delegation
web-hearing-other-answer = Change the answer
