# Texts: from the opening of a round to its dossiers, the register, and vintages

## Rulebook: documents, last days, questions of the data
rules-show-document-formats = as { $formats }
rules-show-document-size = up to { $size } MiB
rules-show-latest = cannot be moved past { $day }
rules-show-data-question = answered by the data question { $id }
rules-word-pdf = PDF
rules-word-jpeg = JPEG
rules-word-png = PNG
rules-word-xlsx = XLSX
rules-word-docx = DOCX
rules-word-csv = CSV
rules-word-mp4 = MP4
rules-key-data-question = data question
rules-key-formats = formats
rules-key-latest = last day to which it moves
rules-key-max-mib = largest file (MiB)
problem-rulebook-latest-before = { $event }: the last day { $latest } comes before the planned day { $planned }.
problem-rulebook-latest-before-hint = Give a later day, or leave latest out.
problem-rulebook-data-question = { $indicator } asks a question of the data but is no ratio.
problem-rulebook-data-question-hint = Put data_question on the claims that this indicator uses.
