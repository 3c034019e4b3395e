package io.demur.files.policy;

import io.demur.core.charter.Models;
import io.demur.core.policy.ModelClass;
import io.demur.files.yaml.YamlMap;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code models}: where models stand. */
final class ModelsReader {

    private static final int NAME_MAX = 200;

    private final Map<String, Models.Placement> placed = new HashMap<>();

    private ModelsReader() {}

    static Models read(YamlMap document) {
        return document.map("models")
                .map(models -> new ModelsReader().models(models))
                .orElse(Models.NONE);
    }

    private Models models(YamlMap models) {
        Map<String, ModelClass> classes = YamlMap.words(ModelClass.class);
        classes.forEach(
                (word, model) -> models.maps(word, "name").forEach(entry -> place(entry, model)));
        ModelClass other = models.choice("other", classes).orElse(Models.NONE.other());
        models.end();
        return new Models(placed, other);
    }

    private void place(YamlMap entry, ModelClass model) {
        entry.require("name");
        Optional<String> name = entry.text("name");
        Optional<String> base = entry.text("base");
        if (base.isPresent() && !isAddress(base.get())) {
            entry.refuse(
                    "base",
                    "`%s` is not an address such as `https://api.example/v1`, without user, query"
                                    .formatted(base.get())
                            + " and fragment");
        }
        entry.end();
        if (name.isEmpty() || !isName(entry, "name", name.get())) {
            return;
        }
        if (placed.putIfAbsent(name.get(), new Models.Placement(model, base)) != null) {
            entry.refuse("name", "`%s` has its place already".formatted(name.get()));
        }
    }

    /** Whether a text is a model's name, or the beginning of some; what is none is said. */
    static boolean isName(YamlMap entry, String key, String name) {
        int star = name.indexOf('*');
        boolean strange =
                name.isBlank()
                        || name.length() > NAME_MAX
                        || name.codePoints().anyMatch(ModelsReader::isStrange);
        if (strange) {
            entry.refuse(
                    key,
                    "`%s` is no name of 1 to %d signs without blanks"
                            .formatted(name.strip(), NAME_MAX));
        } else if (star >= 0 && star < name.length() - 1) {
            entry.refuse(key, "`%s`: `*` can stand at the end only".formatted(name));
            return false;
        }
        return !strange;
    }

    private static boolean isStrange(int c) {
        return Character.isWhitespace(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.SURROGATE
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.UNASSIGNED;
    }

    private static boolean isAddress(String base) {
        try {
            URI uri = new URI(base);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
