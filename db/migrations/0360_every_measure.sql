-- Why a measure was not carried out when the work was declared done; empty when every one was.
alter table ledger.rectification add column undone text not null default '';
