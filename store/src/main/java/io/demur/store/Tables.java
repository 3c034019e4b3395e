package io.demur.store;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** The tables and their columns, by name; {@code migration/} makes them. */
final class Tables {

    static final Table<Record> MIGRATION = table(name("migration"));
    static final Field<Long> NUMBER = number("number");
    static final Field<String> NAME = text("name");
    static final Field<String> CHECKSUM = text("checksum");
    static final Field<Long> READABLE_FROM = number("readable_from");
    static final Field<Long> APPLIED = number("applied");

    static final Table<Record> PROJECTION = table(name("projection"));
    static final Field<String> ORIGIN = text("origin");
    static final Field<Long> NEXT_INDEX = number("next_index");
    static final Field<Long> CHECKED_SIZE = number("checked_size");
    static final Field<String> CHECKED_ROOT = text("checked_root");

    static final Table<Record> ENTRY = table(name("entry"));
    static final Field<Long> IDX = number("idx");
    static final Field<String> TYPE = text("type");
    static final Field<Long> MICROS = number("micros");
    static final Field<String> ID = text("id");
    static final Field<String> ATTEMPT = text("attempt");

    static final Table<Record> EXCHANGE = table(name("exchange"));
    static final Field<String> PRINCIPAL = text("principal");
    static final Field<String> SUBJECT_ID = text("subject");
    static final Field<String> PROJECT = text("project");
    static final Field<String> PURPOSE = text("purpose");
    static final Field<String> PROTOCOL = text("protocol");
    static final Field<String> MODEL = text("model");
    static final Field<String> MODEL_CLASS = text("model_class");
    static final Field<String> MODEL_DIGEST = text("model_digest");
    static final Field<String> POLICY = text("policy");
    static final Field<String> CONVERSATION = text("conversation");
    static final Field<String> REQUEST_MODE = text("request_mode");
    static final Field<Long> REQUEST_BYTES = number("request_bytes");
    static final Field<String> REQUEST_COMMITMENT = text("request_commitment");
    static final Field<String> REQUEST_STORED = text("request_stored");
    static final Field<Long> OUTCOME_IDX = number("outcome_idx");
    static final Field<Long> OUTCOME_MICROS = number("outcome_micros");
    static final Field<String> RESULT = text("result");
    static final Field<String> DECISION = text("decision");
    static final Field<String> REFUSED_BY = text("refused_by");
    static final Field<String> HAZARD = text("hazard");
    static final Field<String> REASON = text("reason");
    static final Field<String> RULES = text("rules");
    static final Field<String> JUDGES = text("judges");
    static final Field<Long> HARM_PPM = number("harm_ppm");
    static final Field<String> REPLY_MODE = text("reply_mode");
    static final Field<Long> REPLY_BYTES = number("reply_bytes");
    static final Field<String> REPLY_COMMITMENT = text("reply_commitment");
    static final Field<String> REPLY_STORED = text("reply_stored");
    static final Field<Long> RELEASED_BYTES = number("released_bytes");
    static final Field<Long> TOKENS_IN = number("tokens_in");
    static final Field<Long> TOKENS_OUT = number("tokens_out");
    static final Field<Long> TOOK_MICROS = number("took_micros");
    static final Field<Long> ADDED_MICROS = number("added_micros");

    static final Table<Record> SUBJECT_KEY = table(name("subject_key"));
    static final Field<Long> SLOT = number("slot");
    static final Field<byte[]> WRAPPED = bytes("wrapped");

    static final Table<Record> PLACE = table(name("place"));
    static final Field<byte[]> CONTENT = bytes("content");

    static final Table<Record> FREE_PLACE = table(name("free_place"));
    static final Field<Long> ROOM = number("room");

    static final Table<Record> SUBJECT = table(name("subject"));
    static final Field<String> LOOKUP = text("lookup");
    static final Field<Long> CREATED = number("created");

    static final Table<Record> BODY = table(name("body"));
    static final Field<String> PART = text("part");
    static final Field<String> MODE = text("mode");
    static final Field<Long> LENGTH = number("length");
    static final Field<Long> EXPIRES = number("expires");

    static final Table<Record> ERASURE = table(name("erasure"));
    static final Field<Long> BEGAN = number("began");

    static final Table<Record> LEGAL_HOLD = table(name("legal_hold"));
    static final Field<Long> SINCE = number("since");
    static final Field<Long> UNTIL = number("until");
    static final Field<Long> LIFTED = number("lifted");

    static final Table<Record> ACCESS_VERSION = table(name("access_version"));
    static final Field<Long> VERSION = number("version");

    static final Table<Record> PRINCIPAL_TABLE = table(name("principal"));
    static final Field<byte[]> SEALED = bytes("sealed");
    static final Field<String> ROLE = text("role");
    static final Field<Long> REQUESTS_PER_MINUTE = number("requests_per_minute");
    static final Field<Long> TOKENS_PER_MINUTE = number("tokens_per_minute");
    static final Field<Long> CONCURRENT = number("concurrent");
    static final Field<Long> TOKENS_PER_DAY = number("tokens_per_day");
    static final Field<Long> REMOVED = number("removed");

    static final Table<Record> PROJECT_TABLE = table(name("project"));

    static final Table<Record> ACCESS_KEY = table(name("access_key"));
    static final Field<String> HASH = text("hash");
    static final Field<String> OPERATIONS = text("operations");
    static final Field<String> MODELS = text("models");
    static final Field<Long> REVOKED = number("revoked");
    static final Field<String> SUCCESSOR = text("successor");

    static final Table<Record> ACCESS_PENDING = table(name("access_pending"));
    static final Field<String> WHAT = text("what");
    static final Field<String> ENTRY_TEXT = text("entry");
    static final Field<byte[]> BESIDE = bytes("beside");
    static final Field<String> CLAIMANT = text("claimant");
    static final Field<Long> CLAIMED = number("claimed");

    static final Table<Record> ACCESS_CHANGE = table(name("access_change"));

    static final Table<Record> SPENDING = table(name("spending"));
    static final Field<Long> DAY = number("day");
    static final Field<String> RUN = text("run");
    static final Field<Long> REQUESTS = number("requests");

    static final Table<Record> REFUSAL = table(name("refusal"));
    static final Table<Record> HELD_REQUEST = table(name("held_request"));
    static final Field<String> DIGEST = text("digest");
    static final Field<String> STATE = text("state");
    static final Field<Long> DECIDED = number("decided");
    static final Field<String> REVIEWER = text("reviewer");
    static final Field<String> USED_BY = text("used_by");

    static final Table<Record> PENDING_ENTRY = table(name("pending_entry"));

    static final Table<Record> REVIEW_CASE = table(name("review_case"));
    static final Field<String> KIND = text("kind");
    static final Field<String> ABOUT = text("about");
    static final Field<Long> DUE = number("due");

    static final Table<Record> CASE_DECISION = table(name("case_decision"));
    static final Field<Long> NR = number("nr");
    static final Field<String> ACCEPTABLE = text("acceptable");
    static final Field<String> SEVERITY = text("severity");

    static final Table<Record> CASE_LOOK = table(name("case_look"));

    static final Table<Record> DRILL = table(name("drill"));

    static final Table<Record> REQUEST_PRINT = table(name("request_print"));
    static final Field<Long> REFUSED = number("refused");
    static final Field<Long> COMPARED = number("compared");
    static final Field<String> WRITER = text("writer");
    static final Field<Long> WRITTEN = number("written");
    static final Field<String> CASE_ID = text("case_id");
    static final Field<Long> CASED = number("cased");
    static final Field<String> AROUND = text("around");

    static final Table<Record> ASKED_PAIR = table(name("asked_pair"));
    static final Field<String> LATER = text("later");
    static final Field<String> REFUSED_ATTEMPT = text("refused_attempt");
    static final Field<String> SAID = text("said");

    static final Table<Record> PEOPLE = table(name("people"));

    private Tables() {}

    private static Field<String> text(String column) {
        return field(name(column), String.class);
    }

    private static Field<Long> number(String column) {
        return field(name(column), Long.class);
    }

    private static Field<byte[]> bytes(String column) {
        return field(name(column), byte[].class);
    }
}
