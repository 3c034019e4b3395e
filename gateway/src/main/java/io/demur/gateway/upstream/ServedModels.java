package io.demur.gateway.upstream;

import io.demur.core.charter.Charter;
import io.demur.wire.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of the servers that are configured. A model that several of them have is asked at any
 * of these. Safe for use by several threads.
 */
public final class ServedModels implements Models, AutoCloseable {

    private static final Duration LIST_WITHIN = Duration.ofSeconds(5);

    /** What Ollama understands where a model's name has no tag. */
    private static final String LATEST = ":latest";

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final InstantSource clock;
    private final List<Endpoint> endpoints;

    /** Servers at addresses that a policy has fixed and nothing configures. */
    private final Map<Fixed, Endpoint> fixed = new ConcurrentHashMap<>();

    /** What each server says it has, by its name. */
    private final Map<String, List<String>> listed = new HashMap<>();

    private volatile Routing routing = new Routing(Map.of(), List.of());

    private record Fixed(Kind kind, Address address) {}

    /**
     * Who is asked for what.
     *
     * @param offers by the name that callers use
     * @param names those that are shown
     */
    private record Routing(Map<String, List<Offer>> offers, List<String> names) {}

    /**
     * The models of these servers. Those of a server without configured ones are known once it was
     * asked; see {@link #refresh}.
     *
     * @param clock the gate's
     */
    public ServedModels(Vertx vertx, List<UpstreamSettings> servers, InstantSource clock) {
        Set<String> names = new HashSet<>();
        for (UpstreamSettings server : servers) {
            if (!names.add(server.name())) {
                throw new IllegalArgumentException(
                        "two servers have the name `%s`".formatted(server.name()));
            }
        }
        this.vertx = vertx;
        this.clock = clock;
        endpoints = servers.stream().map(Endpoint::new).toList();
        client = Clients.of(vertx);
        route();
    }

    @Override
    public Optional<Upstream> of(String name, Charter charter) {
        return Optional.ofNullable(routing.offers().get(name))
                .map(offers -> placed(offers, charter.models().of(name).base()))
                .map(offers -> new HttpUpstream(vertx, client, clock, offers));
    }

    @Override
    public List<String> names() {
        return routing.names();
    }

    /** How it stands with each server, in the order in which they are configured. */
    public List<ServerStatus> servers() {
        long now = System.nanoTime();
        Routing current = routing;
        return endpoints.stream()
                .map(
                        endpoint ->
                                new ServerStatus(
                                        endpoint.settings().name(),
                                        endpoint.settings().url().toString(),
                                        state(endpoint.health(), now),
                                        endpoint.outstanding(),
                                        current.names().stream()
                                                .filter(name -> has(current, name, endpoint))
                                                .toList()))
                .toList();
    }

    private static boolean has(Routing routing, String name, Endpoint endpoint) {
        return Objects.requireNonNull(routing.offers().get(name)).stream()
                .anyMatch(offer -> offer.endpoint() == endpoint);
    }

    private static ServerStatus.State state(Health health, long now) {
        if (health.isDenied()) {
            return ServerStatus.State.MISCONFIGURED;
        }
        return switch (health.state(now)) {
            case UP -> ServerStatus.State.UP;
            case BUSY -> ServerStatus.State.BUSY;
            case DUE, DOWN -> ServerStatus.State.DOWN;
            case DENIED -> ServerStatus.State.MISCONFIGURED;
        };
    }

    /**
     * Asks each server that has no configured models which ones it has. One that does not answer
     * keeps those that it had.
     */
    public Future<Void> refresh() {
        List<Future<?>> asked = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            if (endpoint.settings().models().isEmpty()) {
                asked.add(
                        ModelList.of(client, endpoint, LIST_WITHIN)
                                .onSuccess(names -> listed(endpoint.settings().name(), names)));
            }
        }
        return asked.isEmpty()
                ? Future.succeededFuture()
                : Future.join(asked).<Void>mapEmpty().otherwiseEmpty();
    }

    /** Notes which models a server has that has no configured ones. */
    public void listed(String server, List<String> models) {
        synchronized (listed) {
            listed.put(server, List.copyOf(models));
        }
        route();
    }

    private void route() {
        Map<String, List<Offer>> offers = new TreeMap<>();
        List<String> names;
        synchronized (listed) {
            for (Endpoint endpoint : endpoints) {
                endpoint.settings()
                        .models()
                        .forEach((ours, theirs) -> add(offers, ours, endpoint, theirs));
                if (endpoint.settings().models().isEmpty()) {
                    listed.getOrDefault(endpoint.settings().name(), List.of())
                            .forEach(name -> add(offers, name, endpoint, name));
                }
            }
            names = List.copyOf(offers.keySet());
            for (String name : names) {
                if (name.endsWith(LATEST)) {
                    untagged(offers, name);
                }
            }
            routing = new Routing(Map.copyOf(offers), names);
        }
    }

    private static void untagged(Map<String, List<Offer>> offers, String name) {
        String untagged = name.substring(0, name.length() - LATEST.length());
        List<Offer> same =
                Objects.requireNonNull(offers.get(name)).stream()
                        .filter(offer -> offer.endpoint().settings().kind() == Kind.OLLAMA)
                        .toList();
        if (!same.isEmpty()) {
            offers.putIfAbsent(untagged, same);
        }
    }

    private static void add(
            Map<String, List<Offer>> offers, String ours, Endpoint endpoint, String theirs) {
        offers.computeIfAbsent(ours, name -> new ArrayList<>()).add(new Offer(endpoint, theirs));
    }

    /**
     * The offers at the address that the policy fixes. Where none of the servers is there, one is
     * asked that is, without the key of any other.
     */
    private List<Offer> placed(List<Offer> offers, Optional<String> base) {
        if (base.isEmpty()) {
            return offers;
        }
        Address address;
        try {
            address = Address.of(base.get());
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        List<Offer> there =
                offers.stream()
                        .filter(offer -> offer.endpoint().settings().url().equals(address))
                        .toList();
        return there.isEmpty() ? List.of(elsewhere(offers.getFirst(), address)) : there;
    }

    private Offer elsewhere(Offer like, Address address) {
        Kind kind = like.endpoint().settings().kind();
        Endpoint endpoint =
                endpoints.stream()
                        .filter(it -> it.settings().url().equals(address))
                        .findFirst()
                        .orElseGet(
                                () ->
                                        fixed.computeIfAbsent(
                                                new Fixed(kind, address),
                                                of -> new Endpoint(unkeyed(of))));
        return new Offer(endpoint, like.model());
    }

    private static UpstreamSettings unkeyed(Fixed at) {
        return new UpstreamSettings(
                "policy",
                at.kind(),
                at.address(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                false,
                Timeouts.USUAL);
    }

    /** Ends all that is under way. */
    @Override
    public void close() {
        client.close();
    }
}
