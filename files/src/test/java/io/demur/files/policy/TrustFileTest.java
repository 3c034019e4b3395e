package io.demur.files.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Problem;
import io.demur.files.policy.TrustText.Person;
import io.demur.files.policy.TrustText.Role;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class TrustFileTest {

    private static final String HEAD = "trust: 1\npeople:\n";
    private static final String ANNA = "  - {name: anna, roles: author, keys: a+1+AA}\n";

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void saysWhoMaySign() {
        String document =
                """
                # who signs
                trust: 1
                people:
                  - name: anna
                    roles: [author, approver]
                    keys: [anna+1+AA, anna+2+BB]
                  - name: Ben Bär
                    roles: approver
                    keys: ben+3+C+C
                """;
        TrustText read = read(document).orElseThrow();
        assertEquals(List.of(), problems);
        assertEquals(
                List.of(
                        new Person(
                                "anna",
                                Set.of(Role.AUTHOR, Role.APPROVER),
                                List.of("anna+1+AA", "anna+2+BB")),
                        new Person("Ben Bär", Set.of(Role.APPROVER), List.of("ben+3+C+C"))),
                read.people());
    }

    @Test
    void aTrustDocumentIsToldByItsFirstKey() {
        assertTrue(TrustFile.isTrust("# a list\n\ntrust: 1\n"));
        assertTrue(TrustFile.isTrust("\"trust\" : 1\n"));
        assertFalse(TrustFile.isTrust("policy: 1\ntrust: 1\n"));
        assertFalse(TrustFile.isTrust("# trust: 1\npolicy: 1\n"));
        assertFalse(TrustFile.isTrust("demur-trust v1\nserial 1\n\u2014 anna AAAA\n"));
        assertFalse(TrustFile.isTrust(""));
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        check("1:1: `trust` is missing", "people: []");
        check("`trust`: version 2; this program reads version 1", "trust: 2\npeople: []");
        check("`people`: nobody is named", "trust: 1\npeople: []");
        check("`people` is missing", "trust: 1\n");
        check("nobody is an author", HEAD + "  - {name: b, roles: approver, keys: b+1+AA}\n");
        check("`people[1].name`: a name has", HEAD + ANNA.replace("anna", "' '"));
        check("`anna` is named already", HEAD + ANNA + ANNA.replace("AA", "BB"));
        check("`people[1].roles`: `writer` is not one of", HEAD + ANNA.replace("author", "writer"));
        check("no role; one of", HEAD + ANNA.replace("author", "[]"));
        check("no key; `demur policy key", HEAD + ANNA.replace("a+1+AA", "[]"));
        check("3:", HEAD + ANNA.replace("a+1+AA", "bad"));
        check("`bad` is no key", HEAD + ANNA.replace("a+1+AA", "bad"));
        check("`people[1].mail` is not known", HEAD + ANNA.replace("}", ", mail: x}"));
    }

    @Test
    void oneKeyIsOnePersonsWhateverItIsCalled() {
        String ben = "  - {name: ben, roles: approver, keys: ben+9+AA}\n";
        check("is the key of `anna` already", HEAD + ANNA + ben);
        check("is the key of `anna` already", HEAD + ANNA.replace("a+1+AA", "[a+1+AA, b+2+AA]"));
    }

    private void check(String words, String document) {
        problems.clear();
        assertEquals(Optional.empty(), read(document));
        assertTrue(problems.toString().contains(words), problems::toString);
    }

    private Optional<TrustText> read(String document) {
        return TrustFile.read(
                "t.yaml",
                document.getBytes(StandardCharsets.UTF_8),
                key ->
                        key.equals("bad")
                                ? Optional.of("`bad` is no key")
                                : Optional.<String>empty(),
                problems);
    }
}
