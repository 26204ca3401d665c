using Nop.Services.Security;

namespace Nop.Plugin.Payments.Mion.Sandbox.Shop.Services;

/// <summary>Permissions: a claim of the person who is signed in. There is no table of them to delete from.</summary>
public sealed class PermissionService(IHttpContextAccessor httpContextAccessor) : IPermissionService
{
    public Task<bool> AuthorizeAsync(string permissionRecordSystemName)
        => Task.FromResult(httpContextAccessor.HttpContext?.User.HasClaim("permission", permissionRecordSystemName) == true);

    public Task DeletePermissionAsync(string permissionSystemName) => Task.CompletedTask;
}
