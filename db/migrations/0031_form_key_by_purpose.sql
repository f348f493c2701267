-- A key belongs to one kind of form: the same key under another purpose is another form, not a fault.
alter table platform.form_key drop constraint form_key_pkey;
alter table platform.form_key add primary key (town, purpose, key);
