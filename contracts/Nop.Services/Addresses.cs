using Nop.Core.Domain.Common;

namespace Nop.Services.Common;

/// <summary>Addresses of orders and customers.</summary>
public interface IAddressService
{
    Task<Address> GetAddressByIdAsync(int addressId);
}
