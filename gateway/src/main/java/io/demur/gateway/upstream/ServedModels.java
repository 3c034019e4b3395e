package io.demur.gateway.upstream;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Models.Placement;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.profile.Subject;
import io.demur.wire.Address;
import io.demur.wire.ollama.LocalModel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models of the servers that are configured. A model that several of them have is asked at any
 * of these. Safe for use by several threads.
 */
public final class ServedModels implements Models, AutoCloseable {

    private static final Duration LIST_WITHIN = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final InstantSource clock;
    private final List<Endpoint> endpoints;
    private final Optional<Profiles> profiles;

    /** What each server says of the weights of its models, by both names. */
    private final Map<List<String>, String> digests = new ConcurrentHashMap<>();

    /** Servers at addresses that a policy has fixed and nothing configures. */
    private final Map<Fixed, Endpoint> fixed = new ConcurrentHashMap<>();

    /** What each server says it has, by its name. */
    private final Map<String, List<String>> listed = new HashMap<>();

    private volatile Routing routing = new Routing(Map.of(), List.of());

    private record Fixed(Kind kind, Address address) {}

    /**
     * Who is asked for what.
     *
     * @param models by each name that callers use
     * @param names those that are shown
     */
    private record Routing(Map<String, Model> models, List<String> names) {}

    /**
     * A model.
     *
     * @param name that is shown
     * @param names all that callers may use
     */
    private record Model(String name, Set<String> names, List<Offer> offers) {

        /** What the servers behind call it, in each way that means the same to them. */
        Set<String> served() {
            return offers.stream()
                    .flatMap(Offer::served)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    /**
     * The models of these servers. Those of a server without configured ones are known once it was
     * asked; see {@link #refresh}.
     *
     * @param clock the gate's
     */
    public ServedModels(Vertx vertx, List<UpstreamSettings> servers, InstantSource clock) {
        this(vertx, servers, clock, Optional.empty());
    }

    /**
     * The same.
     *
     * @param profiles of the local ones: those that have none have the strictest class, unless the
     *     policy names them. Where it is empty, the policy alone says which class a model has
     */
    public ServedModels(
            Vertx vertx,
            List<UpstreamSettings> servers,
            InstantSource clock,
            Optional<Profiles> profiles) {
        this.profiles = profiles;
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
        return find(name, charter).map(Served::upstream);
    }

    /** A name that no server has, in just these letters, is that of no model. */
    @Override
    public Optional<Served> find(String name, Charter charter) {
        Model model = routing.models().get(name);
        if (model == null) {
            return Optional.empty();
        }
        return charter.models()
                .of(model.name(), model.served())
                .map(placement -> measured(model, placement, charter))
                .map(
                        placement ->
                                new Served(
                                        model.name(),
                                        model.names(),
                                        placement,
                                        new HttpUpstream(
                                                vertx,
                                                client,
                                                clock,
                                                model.name(),
                                                placement.model(),
                                                placed(model.offers(), placement.base()))));
    }

    /**
     * A model of which nobody has said anything is taken to have no refusals until it shows some.
     */
    private Placement measured(Model model, Placement placement, Charter charter) {
        boolean strict =
                profiles.isPresent()
                        && !charter.models().says(model.name(), model.served())
                        && model.offers().stream()
                                .filter(offer -> offer.endpoint().settings().url().isLocal())
                                .anyMatch(offer -> !refusesEnough(profiles.get(), offer));
        return strict ? new Placement(ModelClass.LOCAL_UNALIGNED, placement.base()) : placement;
    }

    private boolean refusesEnough(Profiles profiles, Offer offer) {
        return known(profiles, offer).filter(Profile::refusesEnough).isPresent();
    }

    /** Of weights that Ollama does not name, as it does of all that it has, nothing is known. */
    private Optional<Profile> known(Profiles profiles, Offer offer) {
        Subject subject = subject(offer);
        boolean named = !subject.digest().isEmpty() || !offer.isOllama();
        return named ? profiles.of(subject) : Optional.empty();
    }

    private Subject subject(Offer offer) {
        String server = offer.endpoint().settings().name();
        String digest =
                offer.served()
                        .flatMap(name -> Stream.ofNullable(digests.get(List.of(server, name))))
                        .findFirst()
                        .orElse("");
        return new Subject(server, offer.model(), digest);
    }

    /** A model at a server of this machine or its network, and what it is asked through. */
    public record Local(Subject subject, Upstream upstream, BooleanSupplier busy) {}

    /** All of these, each once at each of its servers. */
    public List<Local> locals() {
        return routing.models().values().stream()
                .flatMap(model -> model.offers().stream())
                .filter(offer -> offer.endpoint().settings().url().isLocal())
                .distinct()
                .map(
                        offer ->
                                new Local(
                                        subject(offer),
                                        probed(offer),
                                        () -> offer.endpoint().outstanding() > 0))
                .toList();
    }

    /** A model that is probed is of the strictest class, whatever the policy says of it. */
    private Upstream probed(Offer offer) {
        return new HttpUpstream(
                vertx, client, clock, offer.model(), ModelClass.LOCAL_UNALIGNED, List.of(offer));
    }

    @Override
    public List<Profile> profiles(String name) {
        Model model = routing.models().get(name);
        return model == null || profiles.isEmpty()
                ? List.of()
                : model.offers().stream()
                        .flatMap(it -> known(profiles.get(), it).stream())
                        .toList();
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
        return Objects.requireNonNull(routing.models().get(name)).offers().stream()
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
            UpstreamSettings settings = endpoint.settings();
            if (settings.models().isEmpty()
                    || (settings.kind() == Kind.OLLAMA && settings.url().isLocal())) {
                asked.add(
                        ModelList.of(client, endpoint, LIST_WITHIN)
                                .onSuccess(models -> said(settings, models)));
            }
        }
        return asked.isEmpty()
                ? Future.succeededFuture()
                : Future.join(asked).<Void>mapEmpty().otherwiseEmpty();
    }

    private void said(UpstreamSettings server, List<LocalModel> models) {
        models.forEach(it -> digests.put(List.of(server.name(), it.name()), it.digest()));
        if (server.models().isEmpty()) {
            listed(server.name(), models.stream().map(LocalModel::name).toList());
        }
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
            Map<String, Model> models = new HashMap<>();
            offers.forEach((name, its) -> add(models, name, its, offers.keySet()));
            routing = new Routing(Map.copyOf(models), names);
        }
    }

    /**
     * Under its name, and where Ollama has it also under that without a tag, unless it is taken.
     */
    private static void add(
            Map<String, Model> models, String name, List<Offer> offers, Set<String> taken) {
        List<Offer> ollama = offers.stream().filter(Offer::isOllama).toList();
        Optional<String> untagged =
                OllamaNames.untagged(name).filter(it -> !ollama.isEmpty() && !taken.contains(it));
        boolean alike = untagged.isPresent() && ollama.size() == offers.size();
        Set<String> names = alike ? Set.of(name, untagged.get()) : Set.of(name);
        models.put(name, new Model(name, names, List.copyOf(offers)));
        untagged.ifPresent(it -> models.put(it, new Model(name, names, ollama)));
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
