package io.demur.files.policy;

import java.util.List;
import java.util.Set;

/**
 * Whose signatures count, as a document says it.
 *
 * @param people in the order of the document
 */
public record TrustText(List<Person> people) {

    /** What a person's signature counts for. */
    public enum Role {
        AUTHOR,
        APPROVER
    }

    /**
     * Somebody who signs.
     *
     * @param name unique in the document
     * @param keys their public keys, as text; no key is another person's as well
     */
    public record Person(String name, Set<Role> roles, List<String> keys) {
        public Person {
            roles = Set.copyOf(roles);
            keys = List.copyOf(keys);
        }
    }

    public TrustText {
        people = List.copyOf(people);
    }
}
