-- Where answers came from is forgotten some hundred at a time: those that still tell are found without reading the others.
create index answer_origin on verification.answer (town, answered_at) where device is not null or address is not null;
