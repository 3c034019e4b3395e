package io.demur.store;

import org.jooq.DSLContext;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Names of principals, each sealed by the key of the subject that it names: they can be shown in
 * lists, and are gone with that key, in backups too.
 */
final class Names {

    private static final String PART = "name";

    private final Subjects subjects;
    private final Sealed seals;

    Names(Subjects subjects, SecureRandom random) {
        this.subjects = subjects;
        seals = new Sealed(subjects, random);
    }

    String pseudonym(String name) throws StoreFailed {
        return subjects.pseudonym(name);
    }

    Optional<String> find(String name) throws StoreFailed {
        return subjects.find(name);
    }

    byte[] seal(DSLContext db, String id, String name) throws StoreRefused {
        return seals.seal(db, id, id, PART, name.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(
                        () -> new StoreRefused("the subject `%s` is being erased".formatted(id)));
    }

    /** The name; nothing where its key is gone or it was tampered with. */
    Optional<String> open(DSLContext db, String id, byte[] sealed) {
        return seals.open(db, id, id, PART, sealed)
                .map(name -> new String(name, StandardCharsets.UTF_8));
    }
}
