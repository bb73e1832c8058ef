internal import StrictJSON

/// The body of the Runtime API's error calls.
enum ErrorBody {
    static func bytes(message: String, type: String?) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.name("errorMessage")
        json.string(message)
        if let type {
            json.name("errorType")
            json.string(type)
        }
        json.endObject()
        return json.bytes
    }
}
