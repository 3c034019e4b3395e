package io.demur.core.compose;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The keys that every language has, and which of a refusal's facts may stand in each. */
final class Keys {

    /** What begins the keys of word lists, which a policy cannot change. */
    static final String WORDS = "words.";

    /** What begins the keys of lists of phrases by which wording is checked; nor these. */
    static final String TONE = "tone.";

    /** What begins the key of a policy's own condition. */
    static final String TERM = "term.";

    /** What begins the keys of harm of which it is not clear what kind it is. */
    static final String UNCLEAR = "unclear";

    /** How many ways there are to say the same. */
    static final int VARIANTS = 2;

    private static final Map<String, Set<String>> ALL = all();

    private Keys() {}

    /** Every key that a language must have, with the placeholders that its text must hold. */
    static Map<String, Set<String>> required() {
        return ALL;
    }

    /** What begins the keys of a hazard. */
    static String ground(Hazard hazard) {
        return "hazard." + kebab(hazard.name());
    }

    static String name(String ground) {
        return ground + ".name";
    }

    static String reason(String ground) {
        return ground + ".reason";
    }

    static String alternative(String ground, Shape shape) {
        return ground + "." + kebab(shape.name());
    }

    /** What begins the key of every hazard, and of the one that nobody could tell. */
    static List<String> grounds() {
        List<String> grounds = new ArrayList<>();
        for (Hazard hazard : Hazard.values()) {
            grounds.add(ground(hazard));
        }
        grounds.add(UNCLEAR);
        return grounds;
    }

    static String who(Bearer bearer) {
        return "who." + kebab(bearer.name());
    }

    static String help(Hazard hazard) {
        return "help." + kebab(hazard.name());
    }

    static String element(Shape shape, int variant) {
        return "ask." + kebab(shape.name()) + "." + variant;
    }

    static String plain(Shape shape) {
        return "ask." + kebab(shape.name()) + ".plain";
    }

    private static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Map<String, Set<String>> all() {
        Map<String, Set<String>> keys = new LinkedHashMap<>();
        for (Shape shape : Shape.values()) {
            for (int variant = 1; variant <= VARIANTS; variant++) {
                keys.put(element(shape, variant), Set.of("element"));
            }
            keys.put(plain(shape), Set.of("name"));
        }
        keys.put("ask.care", Set.of("element"));
        keys.put("ask.care.plain", Set.of());
        keys.put("ask.none", Set.of());
        for (int variant = 1; variant <= VARIANTS; variant++) {
            keys.put("refuse." + variant, Set.of("name", "reason"));
        }
        keys.put("refuse.none", Set.of());
        keys.put("refuse.unjudged", Set.of());
        keys.put("refuse.resent", Set.of());
        keys.put("withheld", Set.of("name", "reason"));
        keys.put("withheld.none", Set.of());
        keys.put("conditional", Set.of("name", "reason"));
        keys.put("conditional.count", Set.of("who"));
        keys.put("conditional.none", Set.of());
        keys.put("capability", Set.of());
        keys.put("scope", Set.of("purpose"));
        keys.put("scope.named", Set.of("purpose"));
        keys.put("scope.purpose", Set.of());
        keys.put("hold", Set.of("name", "reason"));
        keys.put("hold.none", Set.of());
        keys.put("hold.unjudged", Set.of());
        keys.put("hold.resent", Set.of());
        keys.put("condition", Set.of("term"));
        keys.put("term.count-harm", Set.of("who"));
        keys.put("term.harmless-reading", Set.of());
        keys.put("term.other", Set.of());
        keys.put("way", Set.of("first", "second"));
        keys.put("way.meanwhile", Set.of("first", "second"));
        keys.put("way.count", Set.of("first", "second"));
        keys.put("way.scope", Set.of("first", "second"));
        keys.put("other.first", Set.of());
        keys.put("other.second", Set.of());
        keys.put(help(Hazard.SUICIDE_AND_SELF_HARM), Set.of());
        keys.put("appeal.link", Set.of("link", "id"));
        keys.put("appeal.id", Set.of("id"));
        keys.put("follow.link", Set.of("link", "id"));
        keys.put("follow.id", Set.of("id"));
        for (String ground : grounds()) {
            keys.put(name(ground), Set.of());
            keys.put(reason(ground), Set.of());
            for (Shape shape : Shape.values()) {
                keys.put(alternative(ground, shape), Set.of());
            }
        }
        for (Bearer bearer : Bearer.values()) {
            keys.put(who(bearer), Set.of());
        }
        for (String sign : List.of("quote.open", "quote.close", "join", "join.last", "space")) {
            keys.put(sign, Set.of());
        }
        for (String list : List.of("lead", "link", "ordinary", "how", "write", "shut")) {
            keys.put(WORDS + list, Set.of());
        }
        for (String list : List.of("preach", "accuse", "sorry")) {
            keys.put(TONE + list, Set.of());
        }
        return Collections.unmodifiableMap(keys);
    }
}
