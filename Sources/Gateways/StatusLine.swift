/// The status codes that the decision endpoint and the admin endpoint answer with.
package enum StatusLine {
    package static func text(_ status: Int) -> String {
        switch status {
        case 200: "200 OK"
        case 400: "400 Bad Request"
        case 401: "401 Unauthorized"
        case 403: "403 Forbidden"
        case 404: "404 Not Found"
        case 405: "405 Method Not Allowed"
        case 503: "503 Service Unavailable"
        default: "500 Internal Server Error"
        }
    }
}
