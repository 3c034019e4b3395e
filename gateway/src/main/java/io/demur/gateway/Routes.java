package io.demur.gateway;

import java.util.List;
import java.util.Optional;

/** All that is answered over HTTP: the whole table, and nothing else. Immutable. */
final class Routes {

    /**
     * One line of the table.
     *
     * @param method of HTTP
     * @param path exactly, or, where there is a star in it, with anything in its place
     * @param asksModel whether it can reach a model; then only an exchange stands behind it
     */
    record Route(String method, String path, boolean asksModel, Service service) {

        private boolean isFor(String asked) {
            int star = path.indexOf('*');
            if (star < 0) {
                return path.equals(asked);
            }
            String after = path.substring(star + 1);
            return asked.startsWith(path.substring(0, star))
                    && asked.endsWith(after)
                    && asked.length() > star + after.length();
        }
    }

    private final List<Route> all;

    Routes(List<Route> all) {
        this.all = List.copyOf(all);
    }

    /** Every line. */
    List<Route> all() {
        return all;
    }

    /** Who serves a request; nothing where nobody does. */
    Optional<Service> of(String method, String path) {
        return all.stream()
                .filter(route -> route.method().equals(method) && route.isFor(path))
                .findFirst()
                .map(Route::service);
    }

    /** The methods with which a path may be asked; none where nothing is there. */
    List<String> methods(String path) {
        return all.stream().filter(route -> route.isFor(path)).map(Route::method).toList();
    }
}
