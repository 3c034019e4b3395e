package io.demur.files.yaml;

import io.demur.core.Problem;
import io.demur.core.Where;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one document. What YAML can do beyond keys, lists and values is an error: a tag could make
 * an object, an alias a document that is a thousand times longer than it looks, and of two equal
 * keys a reader sees the one and the program takes the other.
 *
 * <p>Not safe for use by several threads; one instance reads one document.
 */
public final class YamlDocument {

    /** Longer documents are not read. */
    public static final int BYTES_MAX = 4_000_000;

    private static final int DEPTH_MAX = 50;

    private final String file;
    private final List<Problem> problems = new ArrayList<>();

    private YamlDocument(String file) {
        this.file = file;
    }

    /**
     * Reads a document whose outermost value is a block of keys.
     *
     * @param file as the user named it
     * @param problems gets what is wrong with it
     * @return what could be read; nothing where that is not even a block of keys
     */
    public static Optional<YamlMap> read(String file, byte[] bytes, List<Problem> problems) {
        YamlDocument document = new YamlDocument(file);
        Optional<YamlNode> root = document.parse(bytes);
        problems.addAll(document.problems);
        if (root.isPresent() && root.get() instanceof YamlNode.Mapping mapping) {
            return Optional.of(new YamlMap("", mapping, problems));
        }
        if (document.problems.isEmpty()) {
            problems.add(
                    Problem.at(
                            root.map(YamlNode::where).orElse(Where.file(file)),
                            YamlMap.INVALID,
                            root.isEmpty()
                                    ? "the document is empty"
                                    : "%s instead of a block of keys"
                                            .formatted(root.get().called())));
        }
        return Optional.empty();
    }

    private Optional<YamlNode> parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            say(Where.file(file), "more than %,d bytes".formatted(BYTES_MAX));
            return Optional.empty();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            say(Where.file(file), "the document is not UTF-8");
            return Optional.empty();
        }
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setCodePointLimit(BYTES_MAX).build();
        try {
            Iterator<Event> events = new Parse(settings).parseString(text).iterator();
            Optional<YamlNode> root = Optional.empty();
            while (events.hasNext()) {
                Event event = events.next();
                if (event instanceof NodeEvent) {
                    if (root.isPresent()) {
                        say(where(event), "a second document; only one can be in a file");
                        return root;
                    }
                    root = Optional.ofNullable(node(event, events, 0));
                }
            }
            return root;
        } catch (MarkedYamlEngineException e) {
            Where where = e.getProblemMark().map(this::where).orElse(Where.file(file));
            say(where, "not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            say(Where.file(file), "not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private @Nullable YamlNode node(Event event, Iterator<Event> events, int depth) {
        Where where = where(event);
        if (depth > DEPTH_MAX) {
            say(where, "nested more than %d deep".formatted(DEPTH_MAX));
            throw new YamlEngineException("nested too deeply");
        }
        if (event instanceof AliasEvent) {
            say(where, "an alias (`*name`); write out what it stands for");
            return new YamlNode.Scalar("", true, where);
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            say(where, "an anchor (`&name`); there are no aliases here");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                refuseTag(scalar.getTag(), where);
                if (scalar.getValue().codePoints().anyMatch(YamlDocument::isHalf)) {
                    say(where, "half of a surrogate pair; there is no such character");
                }
                yield new YamlNode.Scalar(scalar.getValue(), scalar.isPlain(), where);
            }
            case MappingStartEvent start -> {
                refuseTag(start.getTag(), where);
                yield mapping(events, where, depth);
            }
            case CollectionStartEvent start -> {
                refuseTag(start.getTag(), where);
                List<YamlNode> items = new ArrayList<>();
                Event next = events.next();
                while (next.getEventId() != Event.ID.SequenceEnd) {
                    YamlNode item = node(next, events, depth + 1);
                    if (item != null) {
                        items.add(item);
                    }
                    next = events.next();
                }
                yield new YamlNode.Sequence(items, where);
            }
            default -> null;
        };
    }

    private static boolean isHalf(int c) {
        return Character.getType(c) == Character.SURROGATE;
    }

    private YamlNode mapping(Iterator<Event> events, Where where, int depth) {
        List<YamlNode.Pair> pairs = new ArrayList<>();
        Map<String, Where> seen = new HashMap<>();
        Event next = events.next();
        while (next.getEventId() != Event.ID.MappingEnd) {
            YamlNode key = node(next, events, depth + 1);
            YamlNode value = node(events.next(), events, depth + 1);
            if (!(key instanceof YamlNode.Scalar name)) {
                say(where(next), "a key that is no single word");
            } else if (value != null) {
                Where earlier = seen.putIfAbsent(name.text(), name.where());
                if (earlier == null) {
                    pairs.add(new YamlNode.Pair(name, value));
                } else {
                    say(
                            name.where(),
                            "`%s` stands here twice, first in line %d"
                                    .formatted(name.text(), earlier.line()));
                }
            }
            next = events.next();
        }
        return new YamlNode.Mapping(pairs, where);
    }

    private void refuseTag(Optional<String> tag, Where where) {
        // a lone `!` says that a scalar is text, as quotes do
        if (tag.isPresent() && !tag.get().equals("!")) {
            String shown = tag.get().replace(Tag.PREFIX, "!!");
            say(where, "a tag (`%s`); there are none here".formatted(shown));
        }
    }

    private Where where(Event event) {
        return event.getStartMark().map(this::where).orElse(Where.file(file));
    }

    private Where where(Mark mark) {
        return new Where(file, mark.getLine() + 1L, mark.getColumn() + 1L);
    }

    private void say(Where where, String message) {
        problems.add(Problem.at(where, YamlMap.INVALID, message));
    }
}
