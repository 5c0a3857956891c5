package io.autorecharge.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses other methods than those of a path, after the host's security and before Spring MVC, which would answer in the host's format.
 */
final class MethodFilter extends OncePerRequestFilter {
    private final Function<String, List<String>> methodsOf;

    /** @param methods the methods of the path; OPTIONS belongs to the host's CORS configuration and always passes */
    MethodFilter(String... methods) {
        List<String> all = List.of(methods);
        this.methodsOf = path -> all;
    }

    /** @param methodsOf the methods of a path; a request to a path without any passes, and Spring MVC finds nothing there */
    MethodFilter(Function<String, List<String>> methodsOf) {
        this.methodsOf = methodsOf;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String method = request.getMethod();
        List<String> methods = methodsOf.apply(path(request));
        if (methods.isEmpty() || methods.contains(method) || method.equals("OPTIONS")) {
            chain.doFilter(request, response);
            return;
        }
        String allow = String.join(", ", methods);
        response.setHeader("Allow", allow);
        HttpSupport.answer(response, () -> {
            throw HttpProblem.of(405, "the method is not allowed here; allowed: " + allow);
        });
    }

    /** The decoded path within the application, without its parameters: what the filter's own pattern was compared with. */
    private static String path(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }
}
