package io.demur.files.policy;

import io.demur.core.Problem;
import io.demur.files.policy.TrustText.Person;
import io.demur.files.policy.TrustText.Role;
import io.demur.files.yaml.YamlDocument;
import io.demur.files.yaml.YamlMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the document that says whose signatures on policies count. All that is wrong with it is
 * said at once; a document with any problem trusts nobody.
 */
public final class TrustFile {

    /** The version of the form that is read here. */
    public static final int VERSION = 1;

    /** The key that such a document begins with, and no policy has. */
    public static final String FIRST_KEY = "trust";

    private static final Pattern FIRST = Pattern.compile("(?m)^[\"']?([A-Za-z-]+)[\"']?[ \\t]*:");

    private final Function<String, Optional<String>> keyProblem;
    private final Map<String, String> owners = new HashMap<>();

    private TrustFile(Function<String, Optional<String>> keyProblem) {
        this.keyProblem = keyProblem;
    }

    /** Whether a document says whose signatures count, told by its first key. */
    public static boolean isTrust(String document) {
        return FIRST.matcher(document)
                .results()
                .findFirst()
                .map(found -> found.group(1).equals(FIRST_KEY))
                .orElse(false);
    }

    /**
     * Reads a document.
     *
     * @param file as the user named it
     * @param keyProblem what is wrong with the text of a public key, if anything
     * @param problems gets what is wrong with it
     * @return the people; nothing where there is any problem
     */
    public static Optional<TrustText> read(
            String file,
            byte[] bytes,
            Function<String, Optional<String>> keyProblem,
            List<Problem> problems) {
        int before = problems.size();
        Optional<TrustText> found =
                YamlDocument.read(file, bytes, problems)
                        .map(document -> new TrustFile(keyProblem).trust(document));
        return problems.size() == before ? found : Optional.empty();
    }

    private TrustText trust(YamlMap document) {
        document.require(FIRST_KEY);
        OptionalInt version = document.whole(FIRST_KEY, 1, 1_000_000);
        if (version.isPresent() && version.getAsInt() != VERSION) {
            document.refuse(
                    FIRST_KEY,
                    "version %d; this program reads version %d"
                            .formatted(version.getAsInt(), VERSION));
        }
        document.require("people");
        List<YamlMap> blocks = document.maps("people");
        List<Person> people = new ArrayList<>();
        blocks.forEach(block -> people.add(person(block, people)));
        boolean writes = people.stream().anyMatch(it -> it.roles().contains(Role.AUTHOR));
        if (!blocks.isEmpty() && !writes) {
            document.refuse("people", "nobody is an author: nobody could change the policy again");
        }
        if (document.has("people") && blocks.isEmpty()) {
            document.refuse("people", "nobody is named: nobody could sign a policy");
        }
        document.end();
        return new TrustText(people);
    }

    private Person person(YamlMap block, List<Person> before) {
        block.require("name");
        String name = block.text("name").orElse("");
        if (block.has("name") && !name.matches("\\S(?:[^\\p{Cntrl}]{0,98}\\S)?")) {
            block.refuse("name", "a name has 1 to 100 characters, and no space around it");
        }
        if (before.stream().anyMatch(person -> person.name().equals(name))) {
            block.refuse(
                    "name", "`%s` is named already; two keys are one person's".formatted(name));
        }
        block.require("roles");
        Set<Role> roles = block.choices("roles", YamlMap.words(Role.class));
        if (block.has("roles") && roles.isEmpty()) {
            block.refuse("roles", "no role; one of `author` and `approver`, or both");
        }
        block.require("keys");
        List<String> keys = block.texts("keys");
        if (block.has("keys") && keys.isEmpty()) {
            block.refuse("keys", "no key; `demur policy key NAME` makes one, and prints it");
        }
        keys.forEach(key -> key(block, name, key));
        block.end();
        return new Person(name, roles, keys);
    }

    private void key(YamlMap block, String name, String key) {
        keyProblem.apply(key).ifPresent(problem -> block.refuse("keys", problem));
        // name+id+key: what one key is called twice makes it no second key
        String bare = key.substring(key.indexOf('+', key.indexOf('+') + 1) + 1);
        String owner = owners.putIfAbsent(bare, name);
        if (owner != null) {
            block.refuse(
                    "keys",
                    "`%s` is the key of `%s` already: one key is one person's, and named once"
                            .formatted(key, owner));
        }
    }
}
