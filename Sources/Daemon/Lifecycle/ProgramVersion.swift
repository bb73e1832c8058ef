/// The version of the program, as `authd version` and `authd_build_info` tell it.
package enum ProgramVersion {
    package static let number = "0.1.0"
}
