package io.demur.gateway.incident;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.harm.Hazard;
import io.demur.core.incident.Method;
import io.demur.core.incident.Resemblance;
import io.demur.record.entry.RouteAround;
import io.demur.record.json.Json;
import io.demur.store.Incidents;
import io.demur.store.ReviewCase;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is told of a later request that is like a refused one: a case for people, and an entry.
 *
 * @param like how alike they are
 * @param route which way around it is
 * @param disposition what was done about it
 */
record Telling(
        Footprint refused,
        Footprint later,
        Resemblance like,
        RouteAround.Route route,
        String disposition) {

    private static final int PPM = 1_000_000;

    /** A request that looks harmless and was refused accuses nobody who sends it again. */
    static final String OVER_REFUSAL = "over-refusal";

    static final String ROUTE_AROUND = "route-around";

    /**
     * The same.
     *
     * @param sanctioned whether the policy names this way
     * @param approved whether a person has said that it is right to ask this
     * @param done what was done with it where it was answered
     */
    static Telling of(
            Footprint refused,
            Footprint later,
            Resemblance like,
            boolean sanctioned,
            boolean approved,
            String done) {
        String change = refused.way().change(later.way());
        String kind = change.equals("none") ? "manual" : "undeclared";
        if (approved) {
            kind = "approved";
        } else if (sanctioned) {
            kind = "sanctioned";
        }
        String became = later.fate().became();
        RouteAround.Route route =
                new RouteAround.Route(
                        kind,
                        change,
                        word(refused.fate().by().orElse(Refusal.Origin.GATEWAY)),
                        became,
                        refused.harmless() && later.harmless());
        String disposition =
                switch (became) {
                    case "refused" -> "refuse";
                    case "held" -> "hold";
                    default -> done;
                };
        return new Telling(refused, later, like, route, disposition);
    }

    /** The id of the case of two requests: the same whenever it is made. */
    static String id(String refused, String later) {
        byte[] hash = sha256(refused + " " + later);
        hash[6] = (byte) ((hash[6] & 0x0F) | 0x70);
        hash[8] = (byte) ((hash[8] & 0x3F) | 0x80);
        String rest = HexFormat.of().formatHex(hash, 6, 16);
        return "case_%s%s-%s-%s"
                .formatted(
                        later.substring("att_".length(), "att_".length() + 14),
                        rest.substring(0, 4),
                        rest.substring(4, 8),
                        rest.substring(8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether a person is to look: what the policy or a person has allowed is only counted. */
    boolean isAsked() {
        return route.kind().equals("undeclared") || route.kind().equals("manual");
    }

    /** As a store takes it. */
    Incidents.Telling as(String id, Duration due) {
        return new Incidents.Telling(opened(id, due), entry(id));
    }

    private RouteAround entry(String id) {
        List<String> others =
                like.method() == Method.SPLIT
                        ? like.parts().stream()
                                .filter(it -> !it.equals(later.attempt()))
                                .limit(RouteAround.PARTS_MAX)
                                .toList()
                        : List.of();
        return new RouteAround(
                        later.at(),
                        id,
                        later.attempt(),
                        refused.attempt(),
                        ppm(),
                        like.method().word(),
                        after(),
                        word(refused.way().modelClass()),
                        word(later.way().modelClass()),
                        disposition,
                        Optional.of(route),
                        others)
                .by(like.judge().map(JudgeId::toString));
    }

    private int ppm() {
        return (int) Math.round(like.similarity() * PPM);
    }

    private Duration after() {
        Duration after = Duration.between(refused.at(), later.at());
        return after.isNegative() ? Duration.ZERO : after;
    }

    private ReviewCase opened(String id, Duration due) {
        return ReviewCase.opened(
                id,
                ReviewCase.Kind.INCIDENT,
                Optional.of(later.attempt()),
                Optional.of(later.principal()),
                later.project(),
                refused.category().map(Telling::hazard),
                Optional.of(later.way().model()),
                Optional.of(word(later.way().modelClass())),
                about(),
                later.at(),
                later.at().plus(due));
    }

    /** The sequence: refused by whom and why, then sent where, and what became of it. */
    private Json.Obj about() {
        TreeMap<String, Json> about = new TreeMap<>();
        put(about, "bucket", route.harmless() ? OVER_REFUSAL : ROUTE_AROUND);
        put(about, "refused", refused.attempt());
        put(about, "refused_at", refused.at().toString());
        put(about, "refused_by", route.refusedBy());
        put(about, "refused_model", refused.way().model());
        put(about, "refused_class", word(refused.way().modelClass()));
        refused.fate().reason().ifPresent(it -> put(about, "reason", it));
        about.put("same_principal", new Json.Bool(refused.principal().equals(later.principal())));
        put(about, "route", route.kind());
        put(about, "change", route.change());
        put(about, "method", like.method().word());
        about.put("similarity_ppm", new Json.Whole(ppm()));
        put(about, "became", route.became());
        put(about, "disposition", disposition);
        about.put("count", new Json.Whole(1));
        put(about, "last_at", later.at().toString());
        about.put("later", new Json.Arr(List.of(sent())));
        return new Json.Obj(about);
    }

    private Json sent() {
        TreeMap<String, Json> sent = new TreeMap<>();
        put(sent, "attempt", later.attempt());
        put(sent, "at", later.at().toString());
        put(sent, "model", later.way().model());
        put(sent, "class", word(later.way().modelClass()));
        put(sent, "route", route.kind());
        put(sent, "change", route.change());
        put(sent, "method", like.method().word());
        sent.put("similarity_ppm", new Json.Whole(ppm()));
        put(sent, "became", route.became());
        return new Json.Obj(sent);
    }

    private static void put(TreeMap<String, Json> to, String name, String text) {
        to.put(name, new Json.Str(text));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String hazard(Hazard hazard) {
        return word(hazard);
    }
}
