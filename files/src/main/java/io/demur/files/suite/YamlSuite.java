package io.demur.files.suite;

import io.demur.core.Problem;
import io.demur.core.suite.Suite;
import io.demur.files.yaml.YamlDocument;
import io.demur.files.yaml.YamlMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a suite that is written as a document. */
final class YamlSuite {

    /** The key that such a document has, and no other. */
    static final String KEY = "suite";

    private static final int DESCRIPTION_MAX = 1000;

    private YamlSuite() {}

    /**
     * Reads a document.
     *
     * @param gathering gets its cases
     * @return the suite with no cases in it; nothing where the document does not say what it is
     */
    static Optional<Suite> read(
            String file, byte[] bytes, Gathering gathering, List<Problem> problems) {
        return YamlDocument.read(file, bytes, problems)
                .flatMap(document -> suite(document, gathering, problems));
    }

    private static Optional<Suite> suite(
            YamlMap document, Gathering gathering, List<Problem> problems) {
        document.require(KEY);
        OptionalInt form = document.whole(KEY, 1, 1_000_000);
        if (form.isPresent() && form.getAsInt() != SuiteFile.VERSION) {
            document.refuse(
                    KEY,
                    "version %d; this program reads version %d"
                            .formatted(form.getAsInt(), SuiteFile.VERSION));
        }
        document.require("name");
        Optional<String> name = CaseReader.name(document, "name");
        document.require("version");
        Optional<String> version = CaseReader.name(document, "version");
        String description = document.text("description").map(String::strip).orElse("");
        if (description.length() > DESCRIPTION_MAX) {
            document.refuse("description", "more than %d characters".formatted(DESCRIPTION_MAX));
        }
        Optional<String> section = CaseReader.name(document, "section");
        Map<String, String> systems = new HashMap<>(CaseReader.texts(document, "systems"));
        CaseReader reader = new CaseReader(section.orElse("cases"), systems, problems);
        document.require("cases");
        List<YamlMap> blocks = document.maps("cases");
        if (document.has("cases") && blocks.isEmpty()) {
            document.refuse("cases", "there is none");
        }
        for (YamlMap block : blocks) {
            reader.read(block).ifPresent(it -> gathering.add(it, block.where("id")));
        }
        document.end();
        return name.isPresent() && version.isPresent()
                ? Optional.of(new Suite(name.get(), version.get(), description, List.of()))
                : Optional.empty();
    }
}
