package io.demur.files.suite;

import io.demur.core.Message;
import io.demur.core.Problem;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.harm.Hazard;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.core.suite.Push;
import io.demur.core.suite.Rung;
import io.demur.core.suite.Style;
import io.demur.core.suite.Tactic;
import io.demur.files.yaml.YamlMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** Reads one case of our own form, whichever kind of file it stands in. */
final class CaseReader {

    /** What a case can say in every kind of file. */
    static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "section",
                    "prompt",
                    "messages",
                    "system",
                    "expect",
                    "kind",
                    "hazard",
                    "style",
                    "pair",
                    "group",
                    "ladder",
                    "level",
                    "pushes",
                    "tags",
                    "why");

    private static final Map<String, Expectation> EXPECTATIONS = YamlMap.words(Expectation.class);
    private static final Map<String, Refusal.Kind> KINDS = YamlMap.words(Refusal.Kind.class);
    private static final Map<String, Hazard> HAZARDS = YamlMap.words(Hazard.class);
    private static final Map<String, Style> STYLES = YamlMap.words(Style.class);
    private static final Map<String, Tactic> TACTICS = YamlMap.words(Tactic.class);
    private static final Map<String, Role> ROLES = YamlMap.words(Role.class);

    private final String section;
    private final Map<String, String> systems;
    private final List<Problem> problems;

    /**
     * @param section of cases that name none
     * @param systems system prompts that a case can name
     * @param problems the same that the blocks have
     */
    CaseReader(String section, Map<String, String> systems, List<Problem> problems) {
        this.section = section;
        this.systems = new HashMap<>(systems);
        this.problems = problems;
    }

    /** The case; nothing where anything is wrong with it. */
    Optional<Case> read(YamlMap block) {
        int before = problems.size();
        block.require("id");
        Optional<String> id = name(block, "id");
        Optional<String> own = name(block, "section");
        List<Message> messages = messages(block);
        block.require("expect");
        Optional<Expectation> expectation = block.choice("expect", EXPECTATIONS);
        Optional<Refusal.Kind> kind = block.choice("kind", KINDS);
        if (kind.isPresent() && expectation.filter(it -> !it.declines()).isPresent()) {
            block.refuse("kind", "no refusal is right here, so none has a kind; leave it out");
        }
        Optional<Hazard> hazard = block.choice("hazard", HAZARDS);
        Optional<Style> style = block.choice("style", STYLES);
        Optional<String> pair = name(block, "pair");
        Optional<String> group = name(block, "group");
        Optional<Rung> rung = rung(block);
        List<Push> pushes = pushes(block);
        boolean unlocked = expectation.equals(Optional.of(Expectation.UNLOCK));
        if (unlocked && pushes.isEmpty() && problems.size() == before) {
            block.refuse("expect", "`unlock` needs `pushes`, of which the last brings the context");
        }
        Map<String, String> tags = texts(block, "tags");
        String why = block.text("why").map(String::strip).orElse("");
        block.end();
        if (problems.size() > before) {
            return Optional.empty();
        }
        return Optional.of(
                new Case(
                        id.orElseThrow(),
                        own.orElse(section),
                        new Request(messages),
                        expectation.orElseThrow(),
                        kind,
                        hazard,
                        style,
                        pair,
                        group,
                        rung,
                        pushes,
                        tags,
                        why));
    }

    /** A word or a few by which something is known: one line, with no space around it. */
    static Optional<String> name(YamlMap block, String key) {
        Optional<String> found = block.text(key);
        if (found.isPresent() && !found.get().matches("\\S(?:[^\\p{Cntrl}]{0,98}\\S)?")) {
            block.refuse(key, "a name has 1 to 100 characters, and no space around it");
            return Optional.empty();
        }
        return found;
    }

    /** A block of texts by names that the user chooses. */
    static Map<String, String> texts(YamlMap block, String key) {
        Map<String, String> found = new TreeMap<>();
        block.map(key)
                .ifPresent(
                        inner -> {
                            for (String name : inner.keys()) {
                                inner.text(name).ifPresent(text -> found.put(name, unended(text)));
                            }
                        });
        return found;
    }

    private List<Message> messages(YamlMap block) {
        List<Message> messages = new ArrayList<>();
        Optional<String> system = block.text("system");
        Optional<String> named =
                systems.isEmpty() ? Optional.empty() : block.choice("under", systems);
        if (system.isPresent() && named.isPresent()) {
            block.refuse("system", "`under` names a system prompt already; leave one of them out");
        }
        system.or(() -> named)
                .filter(text -> !text.isBlank())
                .ifPresent(text -> messages.add(new Message(Role.SYSTEM, unended(text))));
        if (block.has("messages")) {
            conversation(block, messages);
        } else {
            block.require("prompt");
            said(block, "prompt").ifPresent(it -> messages.add(new Message(Role.USER, it)));
        }
        return messages;
    }

    private static void conversation(YamlMap block, List<Message> messages) {
        if (block.has("prompt")) {
            block.refuse("prompt", "`messages` says what is asked already; leave one of them out");
        }
        for (YamlMap message : block.maps("messages")) {
            message.require("role");
            message.require("content");
            Optional<Role> role = message.choice("role", ROLES);
            Optional<String> content = said(message, "content");
            message.end();
            if (role.isPresent() && content.isPresent()) {
                messages.add(new Message(role.get(), content.get()));
            }
        }
        if (messages.isEmpty() || messages.getLast().role() != Role.USER) {
            block.refuse("messages", "the last one has to be the user's: it is what is asked");
        }
    }

    /** A text that says something. */
    private static Optional<String> said(YamlMap block, String key) {
        Optional<String> text = block.text(key);
        if (text.isPresent() && text.get().isBlank()) {
            block.refuse(key, "it is blank");
        }
        return text.map(CaseReader::unended);
    }

    /** A block of lines in YAML ends with a line break, what people say does not. */
    private static String unended(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static Optional<Rung> rung(YamlMap block) {
        Optional<String> ladder = name(block, "ladder");
        OptionalInt level = block.whole("level", Rung.LOWEST, Rung.HIGHEST);
        if (block.has("ladder") != block.has("level")) {
            block.refuse(
                    block.has("ladder") ? "ladder" : "level",
                    "`ladder` and `level` stand together: which one, and how high");
        }
        return ladder.isPresent() && level.isPresent()
                ? Optional.of(new Rung(ladder.get(), level.getAsInt()))
                : Optional.empty();
    }

    /** Each a block of one key: the tactic, and what is said. */
    private static List<Push> pushes(YamlMap block) {
        List<Push> pushes = new ArrayList<>();
        for (YamlMap push : block.maps("pushes")) {
            List<String> said = push.keys();
            if (said.size() != 1) {
                block.refuse("pushes", "each is one tactic and what is said, as `insist: …`");
            }
            for (String key : said) {
                Tactic tactic = TACTICS.get(key);
                if (tactic == null) {
                    TACTICS.keySet().forEach(push::has);
                } else {
                    said(push, key)
                            .filter(text -> !text.isBlank())
                            .ifPresent(text -> pushes.add(new Push(tactic, text)));
                }
            }
            push.end();
        }
        return pushes;
    }
}
